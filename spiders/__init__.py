"""How outlets are looked at. The only home of Scrapy."""
