import json

import pytest

from archive.ingestion.gather import GatherError, gather


def write(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


def test_a_folder_gives_its_files_by_their_path_in_it(tmp_path):
    write(tmp_path, b__md="b", a__txt="a", c__jsonl="{}")
    write(tmp_path / "deep" / ".hidden", d__md="d")
    write(tmp_path / "deep", e__md="e")
    (tmp_path / ".f.md").write_text("f")
    gathered = gather([tmp_path])
    assert [file.key for file in gathered.files] == ["a.txt", "b.md", "deep/e.md"]
    assert gathered.skipped == ["c.jsonl: files of this kind are not read"]


def test_files_of_every_kind_that_is_read_are_taken_from_a_folder(tmp_path):
    kinds = [
        "pptx",
        "pptm",
        "xlsx",
        "xlsm",
        "docm",
        "csv",
        "tsv",
        "epub",
        "eml",
        "zip",
        "jpg",
        "JPEG",
        "png",
        "tif",
        "tiff",
        "webp",
    ]
    for kind in kinds:
        (tmp_path / f"a.{kind}").write_bytes(b"x")
    assert len(gather([tmp_path]).files) == len(kinds)


def test_a_file_named_explicitly_is_taken_whatever_it_is(tmp_path):
    write(tmp_path, c__jsonl="{}")
    assert [file.key for file in gather([tmp_path / "c.jsonl"]).files] == ["c.jsonl"]


def test_a_manifest_says_what_is_known_of_the_files_beside_it(tmp_path):
    write(tmp_path / "deep", a__md="a", b__md="b")
    rows = [
        {"file": "a.md", "title": "A", "people": ["Ottoline Vane"], "season": None},
        {"file": "gone.md", "title": "Gone"},
    ]
    (tmp_path / "deep" / "manifest-1.json").write_text(json.dumps(rows))
    gathered = gather([tmp_path])
    assert [file.metadata for file in gathered.files] == [
        {"title": "A", "people": ["Ottoline Vane"]},
        {},
    ]
    assert gathered.skipped == ["gone.md: named in a manifest, but not there"]
    assert gather([tmp_path / "deep" / "a.md"]).files[0].metadata["title"] == "A"


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [
        ("{", "manifest.json is no JSON"),
        ('{"file": "a.md"}', "must be a list"),
        ('[{"title": "A"}]', "without a “file”"),
        ('[{"file": "a.md", "audience": "vip"}]', "“vip” is no audience"),
        ('[{"file": "a.md", "embargo": "2027-01-01"}]', "“embargo” is not known of documents"),
        ('[{"file": "a.md", "embargo_until": "soon"}]', "“soon” is no embargo_until"),
        ('[{"file": "a.md", "date": "May 1934"}]', "“May 1934” is no date"),
        ('[{"file": "a.md", "title": "%s"}]' % ("x" * 400), "too long for title"),
        ('[{"file": "a.md", "people": 7}]', "list of names"),
    ],
)
def test_a_manifest_that_cannot_be_right_is_refused(tmp_path, manifest, sentence):
    write(tmp_path, a__md="a", manifest__json=manifest)
    with pytest.raises(GatherError, match=sentence):
        gather([tmp_path])


def test_a_path_that_is_not_there_is_said(tmp_path):
    with pytest.raises(GatherError, match="no file or folder"):
        gather([tmp_path / "nowhere"])


def test_two_files_of_one_key_are_refused(tmp_path):
    write(tmp_path / "one", a__md="a")
    write(tmp_path / "two", a__md="b")
    with pytest.raises(GatherError, match="Two files would be “a"):
        gather([tmp_path / "one", tmp_path / "two"])
    assert len(gather([tmp_path / "one", tmp_path / "one"]).files) == 1


def test_links_inside_a_folder_are_left_and_named(tmp_path):
    write(tmp_path / "elsewhere", secret__txt="s")
    write(tmp_path / "papers", a__md="a")
    (tmp_path / "papers" / "link.txt").symlink_to(tmp_path / "elsewhere" / "secret.txt")
    (tmp_path / "papers" / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "papers" / "broken.txt").symlink_to(tmp_path / "nowhere")
    gathered = gather([tmp_path / "papers"])
    assert [file.key for file in gathered.files] == ["a.md"]
    assert gathered.skipped == [
        f"{name}: symbolic links in a folder are not followed"
        for name in ("broken.txt", "folder", "link.txt")
    ]


def test_a_link_given_itself_is_followed(tmp_path):
    write(tmp_path / "papers", a__md="a")
    (tmp_path / "b.md").symlink_to(tmp_path / "papers" / "a.md")
    (tmp_path / "link").symlink_to(tmp_path / "papers")
    gathered = gather([tmp_path / "b.md", tmp_path / "link"])
    assert [file.key for file in gathered.files] == ["a.md", "b.md"]


def test_a_manifest_that_is_a_link_is_refused(tmp_path):
    write(tmp_path, a__md="a", rows__json="[]")
    (tmp_path / "manifest.json").symlink_to(tmp_path / "rows.json")
    with pytest.raises(GatherError, match=r"manifest\.json is a symbolic link"):
        gather([tmp_path])
