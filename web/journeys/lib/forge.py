"""Changes the first whole number among the figures of a Word report, as somebody with Word would. Prints what it was and what it is."""

import re
import sys
import zipfile

FIGURE = re.compile(r'<w:sdt>(?:(?!</w:sdt>).)*<w:tag w:val="fig:\d+"/>(?:(?!</w:sdt>).)*<w:t[^>]*>(\d+)</w:t>', re.DOTALL)


def main(source, forged):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            body = old.read(item)
            if item.filename == "word/document.xml":
                text = body.decode("utf-8")
                found = FIGURE.search(text)
                was = found.group(1)
                instead = str(int(was) + 7)
                body = (text[: found.start(1)] + instead + text[found.end(1) :]).encode("utf-8")
                print(was, instead)
            new.writestr(item, body)


main(sys.argv[1], sys.argv[2])
