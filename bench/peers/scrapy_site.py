"""Scrapy with its own LinkExtractor goes through a site, and says how long that took and what it cost."""
import json
import os
import resource
import sys
import time
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

order = json.loads(sys.argv[1])
within = set(order["origins"])


class SiteSpider(scrapy.Spider):
    name = "site"
    extractor = LinkExtractor(deny_extensions=[])
    pages = 0
    bytes = 0

    def start_requests(self):
        # Once, also where a page links back to it.
        yield scrapy.Request(order["seed"])

    def parse(self, response):
        links = self.extractor.extract_links(response)
        told = {"url": response.url, "title": response.css("title::text").get()}
        told["links"] = [{"href": link.url, "text": link.text} for link in links]
        self.bytes += len(json.dumps(told))
        self.pages += 1
        for link in links:
            parts = urlsplit(link.url)
            if f"{parts.scheme}://{parts.netloc}" in within:
                yield scrapy.Request(link.url, callback=self.parse)

    def closed(self, reason):
        used = os.times()
        seconds = time.perf_counter() - started
        cpu = (used.user + used.system - before.user - before.system) * 1000
        print(json.dumps({"pages": self.pages, "bytes": self.bytes, "seconds": seconds, "cpuMs": cpu, "memoryMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)


process = CrawlerProcess(
    settings={
        "CONCURRENT_REQUESTS": order["concurrency"],
        "CONCURRENT_REQUESTS_PER_DOMAIN": order["perOrigin"],
        "LOG_LEVEL": "ERROR",
        "ROBOTSTXT_OBEY": True,
        "TELNETCONSOLE_ENABLED": False,
        "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
    }
)
process.crawl(SiteSpider)
before = os.times()
started = time.perf_counter()
process.start()
