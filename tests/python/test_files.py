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
