"""Pages that answer 200 and are no articles, written after the kinds that the field meets."""

from __future__ import annotations

CHALLENGE = """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>
<meta http-equiv="refresh" content="390"><meta name="robots" content="noindex,nofollow"></head><body>
<div class="main-wrapper" role="main"><div class="main-content"><h1>localhost</h1>
<h2>Verifying you are human. This may take a few seconds.</h2>
<p>This site needs to review the security of your connection before proceeding.</p>
<noscript><p>Enable JavaScript and cookies to continue</p></noscript></div></div>
<script>(function(){window._cf_chl_opt={cvId:'3',cType:'managed',cRay:'8f00d'};})();</script></body></html>"""

DIFFICULTIES = """<!DOCTYPE html><html lang="en"><head><title>Technical Difficulties</title></head><body>
<div id="content"><h1>We're sorry, this site is currently experiencing technical difficulties.</h1>
<p>Please try again in a few moments. Exception: forbidden</p></div></body></html>"""

ACCESS_DENIED = """<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>
You don't have permission to access "http&#58;&#47;&#47;localhost&#47;" on this server.<P>
Reference&#32;&#35;18&#46;2d3c1202&#46;1700000000&#46;1a2b3c4d</BODY></HTML>"""

WEB_PAGE_BLOCKED = """<html><head><title>Web Page Blocked</title></head><body bgcolor="#e7e8e9">
<div id="content"><h1>Web Page Blocked!</h1><p>The page cannot be displayed. Please contact the administrator
for additional information.</p><p><b>URL:</b> localhost/</p><p><b>Client IP:</b> 192.0.2.7</p>
<p><b>Attack ID:</b> 20000051</p><p><b>Message ID:</b> 0123456789</p></div></body></html>"""

SOFT_404 = """<!DOCTYPE html><html lang="en"><head><title>Page not found | The Example</title></head><body>
<nav><a href="/">Home</a><a href="/world/">World</a></nav><main><h1>Page not found</h1>
<p>Sorry, the page you are looking for could not be found. It may have been moved or deleted.</p>
<p>Try our search, or go back to the front page.</p></main></body></html>"""

PAYWALL = """<!DOCTYPE html><html lang="en"><head><title>Harbour fees to double | The Example</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Harbour fees to double", "isAccessibleForFree": false}</script></head><body>
<article><h1>Harbour fees to double</h1><div class="body"><p>Shipping firms face a steep rise in harbour fees
from next month, according to…</p></div><div class="paywall"><h2>Subscribe to continue reading</h2>
<p>This article is for subscribers only. Already a subscriber? Log in.</p></div></article></body></html>"""

EMPTY_SHELL = """<!DOCTYPE html><html lang="en"><head><title>The Example</title>
<script src="/app.js"></script></head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript></body></html>"""
