"""How hard a text is to read: Björnsson's LIX, of messages and of whole pages."""

import re
from html.parser import HTMLParser

# Below 25 is very easy, below 35 easy, below 45 middling.
HARDEST = {"residents": 24, "relatives": 34, "staff": 44}
SENTENCE = (".", "?", "!")
BLOCKS = {"p", "h1", "h2", "h3", "li", "legend", "label", "td", "th", "main", "body"}
UNSEEN = {"script", "style", "title", "option", "select", "textarea"}


def lix(text):
    """Words a sentence, and the hundredth part of words with more than six letters."""
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"%\(\w+\)[sd]|\{\w*\}", "Hanne", text)
    # "3. november" and "kl. 9.05" end no sentence.
    text = re.sub(r"(\d|\bkl)\.(?=\s?[a-zæøå\d])", r"\1", text)
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(re.findall(r"[.!?:;]+(?:\s|$)", text)))
    long = sum(len(word) > 6 for word in words)
    return len(words) / sentences + 100 * long / len(words)


def prose(html, part="main"):
    """What a page says in whole sentences: labels and names are not read as prose.

    `part` is the element that holds it.
    """
    reader = _Reader(part)
    reader.feed(html)
    reader.end()
    return [text for text in reader.texts if text.endswith(SENTENCE)]


class _Reader(HTMLParser):
    def __init__(self, part):
        super().__init__()
        self.part = part
        self.texts, self.now, self.inside, self.unseen = [], [], 0, 0

    def handle_starttag(self, tag, attributes):
        self.inside += tag == self.part
        self.unseen += tag in UNSEEN
        if tag in BLOCKS:
            self.end()

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.end()
        self.unseen -= tag in UNSEEN
        self.inside -= tag == self.part

    def handle_data(self, data):
        if self.inside and not self.unseen:
            self.now.append(data)

    def end(self):
        text = " ".join("".join(self.now).split())
        self.now = []
        if text:
            self.texts.append(text)
