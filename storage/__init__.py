"""Where things rest. The only home of SQL and WARC."""
