"""Files: bytes that no repair touches stay, whatever the encoding."""

import pytest

import descan

SCAN = "“Tbe tide” was out,\nand tbe boats lay.\n"
CLEAN = SCAN.replace("Tbe", "The").replace("tbe", "the")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends_stay(encoding, newline):
    cleaned = descan.clean_bytes(SCAN.replace("\n", newline).encode(encoding))
    assert cleaned.data == CLEAN.replace("\n", newline).encode(encoding)
    assert cleaned.text == CLEAN
    assert [SCAN[edit.start : edit.end] for edit in cleaned.edits] == ["Tbe", "tbe"]
    assert cleaned.encoding.lower() in {"utf-8", "utf-16le", "windows-1252"}
    assert cleaned.to_original(CLEAN.index("boats")) == SCAN.index("boats")


def test_a_file_is_only_read(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(SCAN.encode())
    cleaned = descan.clean_file(path)
    assert cleaned.data == CLEAN.encode()
    assert path.read_bytes() == SCAN.encode()
    assert descan.clean_file(str(path)) == cleaned
    with pytest.raises(FileNotFoundError):
        descan.clean_file(tmp_path / "none.txt")


def test_any_bytes_are_a_document():
    for data in (b"", bytes(range(256)), b"\xff\xfe\x00", b"tbe \xff boats"):
        descan.clean_bytes(data)


ALTO = (
    "<alto><TextLine><String CONTENT='The'/><SP/>\r\n"
    "<String CONTENT=\"o&#xFB03;cer\" WC='.4'/></TextLine></alto>\r\n"
)


def test_mark_up_stays_as_it_is():
    cleaned = descan.clean_bytes(ALTO.encode())
    assert cleaned.data == ALTO.replace("o&#xFB03;cer", "officer").encode()
    assert cleaned.text == "The officer\n"
    assert [(edit.before, edit.after) for edit in cleaned.edits] == [("\ufb03", "ffi")]


def test_files_that_are_not_text(tmp_path):
    for data, why in [(b"%PDF-1.7\n", "is a PDF, not text"), (b"<alto><!-- ", "is broken at line 1")]:
        unchanged = descan.clean_bytes(data)
        assert unchanged.data == data and not unchanged.edits and not unchanged.offers
        path = tmp_path / "page"
        path.write_bytes(data)
        with pytest.raises(ValueError, match=why):
            descan.clean_file(path)
