"""Finishes a PDF so that one file is PDF/A-2a and PDF/UA-1 at once.

WeasyPrint can write either. Three things are missing from the two together: the XMP
packet must name PDF/UA too, table heads must say what they are the head of, and running
heads and feet must be marked as decoration of the page. Touches pydyf's objects, so
WeasyPrint is pinned exactly; every version is checked again with veraPDF.
"""

import pydyf

PDFUA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA part</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def finish(document, pdf):
    """WeasyPrint calls this with the whole file, just before writing it."""
    metadata = pdf.objects[_number(pdf.catalog["Metadata"])]
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", PDFUA + b"</rdf:RDF>")]
    elements = {
        thing.number: thing
        for thing in pdf.objects
        if isinstance(thing, dict) and thing.get("Type") == "/StructElem"
    }
    _say_what_heads_head(elements)
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    _mark_margins_as_decoration(pdf, root, _in_the_tree(root, elements))


def _number(reference):
    """12 of "12 0 R"."""
    return int(reference.split()[0])


def _say_what_heads_head(elements):
    for element in elements.values():
        if element["S"] == "/TH":
            row = elements[_number(element["P"])]
            group = elements.get(_number(row["P"]), {})
            head = "/Column" if group.get("S") == "/THead" else "/Row"
            element["A"]["Scope"] = head


def _in_the_tree(root, elements):
    """Numbers of the elements that a reader comes by."""
    seen, to_see = set(), [_number(reference) for reference in root["K"]]
    while to_see:
        number = to_see.pop()
        if number not in seen:
            seen.add(number)
            to_see += [
                _number(child)
                for child in elements.get(number, {}).get("K", ())
                if not isinstance(child, int)
            ]
    return seen


def _mark_margins_as_decoration(pdf, root, in_the_tree):
    """Text that hangs outside the tree stands in a margin box: it is not read aloud."""
    parents = pdf.objects[_number(root["ParentTree"])]["Nums"]
    pages = [
        thing
        for thing in pdf.objects
        if isinstance(thing, dict) and thing.get("Type") == "/Page"
    ]
    for number, page in enumerate(pages):
        references = parents[2 * number + 1]
        outside = {
            mark
            for mark, reference in enumerate(references)
            if _number(reference) not in in_the_tree
        }
        for mark in outside:
            references[mark] = "null"
        content = pdf.objects[_number(page["Contents"])].stream
        for place, operator in enumerate(content):
            details = content[place - 1]
            if (
                operator in (b"BDC", "BDC")
                and isinstance(details, dict)
                and details.get("MCID") in outside
            ):
                content[place - 2] = b"/Artifact"
                content[place - 1] = pydyf.Dictionary({"Type": "/Pagination"})
