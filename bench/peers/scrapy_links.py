"""Scrapy with a css selector, 16 at a time: each line of URLs on standard input is crawled, and answered with a line."""
import json
import sys
import threading

import scrapy
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DontCloseSpider
from twisted.internet import reactor


class LinksSpider(scrapy.Spider):
    name = "links"
    start_urls = []
    due = 0
    answers = 0
    bytes = 0

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.stay, signal=signals.spider_idle)
        crawler.signals.connect(spider.listen, signal=signals.spider_opened)
        return spider

    def stay(self):
        raise DontCloseSpider

    def listen(self):
        threading.Thread(target=self.read_orders, daemon=True).start()
        self.tell({"id": "ready"})

    def read_orders(self):
        for line in sys.stdin:
            reactor.callFromThread(self.crawl, json.loads(line))
        reactor.callFromThread(reactor.stop)

    def crawl(self, order):
        self.due, self.answers, self.bytes, self.order = len(order["urls"]), 0, 0, order["id"]
        for url in order["urls"]:
            self.crawler.engine.crawl(scrapy.Request(url, callback=self.parse, errback=self.fail, dont_filter=True))

    def parse(self, response):
        links = [
            {"href": link.attrib["href"], "text": "".join(link.css("::text").getall())}
            for link in response.css("a[href], area[href]")
        ]
        self.bytes += len(json.dumps(links))
        self.answers += 1
        self.finish()

    def fail(self, failure):
        self.finish(str(failure.value))

    def finish(self, failed=None):
        self.due -= 1
        if failed is not None:
            self.tell({"id": self.order, "result": {"failed": failed}})
        elif self.due == 0:
            self.tell({"id": self.order, "result": {"answers": self.answers, "bytes": self.bytes}})

    def tell(self, message):
        print(json.dumps(message), flush=True)


process = CrawlerProcess(
    settings={
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "LOG_LEVEL": "ERROR",
        "ROBOTSTXT_OBEY": False,
        "TELNETCONSOLE_ENABLED": False,
        "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
    }
)
process.crawl(LinksSpider)
process.start()
