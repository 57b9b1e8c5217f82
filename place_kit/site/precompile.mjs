// Compile, with Pyodide itself, just the modules that a page loads, and the facts of the course; drop
// parts of Python that a page never loads.
// node precompile.mjs PYODIDE_FOLDER WHEELS_FOLDER: both are changed in place.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// Node would print the line of the fault, which in Pyodide is a megabyte long.
process.on('uncaughtException', error => {
  console.error(error.message || error);
  process.exit(1);
});

const [core, wheels] = process.argv.slice(2).map(one => path.resolve(one));
const { loadPyodide } = await import(pathToFileURL(path.join(core, 'pyodide.mjs')));
const start = () => loadPyodide({ indexURL: core + path.sep });

let python = await start();
for (const name of fs.readdirSync(wheels).sort()) {
  python.unpackArchive(new Uint8Array(fs.readFileSync(path.join(wheels, name))), 'wheel');
}
const [used, facts] = (await python.runPythonAsync(`
import base64, sys, json
import piplite.piplite, pyodide_kernel, ipykernel, comm, ipywidgets, anywidget
from place_kit import assess, ask, explore, facts, show
from place_kit.facts import compiled
[
    json.dumps(sorted(filter(None, (getattr(one, "__file__", None) for one in sys.modules.values())))),
    base64.b64encode(compiled.dumped(facts.load())).decode(),
]
`)).toJs();

python = await start();
python.FS.mkdirTree('/core');
python.FS.mkdirTree('/wheels');
python.FS.mount(python.FS.filesystems.NODEFS, { root: core }, '/core');
python.FS.mount(python.FS.filesystems.NODEFS, { root: wheels }, '/wheels');
python.globals.set('used_json', used);
python.globals.set('facts', facts);
await python.runPythonAsync(`
import base64, glob, importlib.util, io, json, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

DATE = (2026, 1, 1, 0, 0, 0)
STDLIB, SITE = "/lib/python314.zip/", "/lib/python3.14/site-packages/"
NEVER = ("pydoc_data/", "idlelib/", "tkinter/", "turtledemo/", "ensurepip/", "xmlrpc/", "wsgiref/",
         "turtle.py", "mailbox.py", "imaplib.py", "smtplib.py", "ftplib.py", "poplib.py",
         "nturl2path.py", "pickletools.py", "test/", "lib2to3/", "curses/", "venv/",
         "multiprocessing/", "_pyrepl/")
# Files come in Unicode, or from a spreadsheet or a zip file of the West.
ENCODINGS = {"__init__", "aliases", "ascii", "charmap", "cp1252", "cp437", "cp850", "idna", "latin_1",
             "iso8859_1", "iso8859_15", "punycode", "raw_unicode_escape", "undefined",
             "unicode_escape", "base64_codec", "hex_codec", "mac_roman"}
used = {one.replace("/home/pyodide/", SITE) for one in json.loads(used_json)}

def needed(name, root, never):
    if root + name in used:
        return True
    place, _, module = name.rpartition("/")
    if root == STDLIB and place == "encodings":
        return module.startswith("utf_") or module.removesuffix(".py") in ENCODINGS
    return not name.startswith(never)

def convert(path, root, never=(), optimize=0, also={}):
    with zipfile.ZipFile(path) as file:
        content = {one.filename: file.read(one) for one in file.infolist() if not one.is_dir()}
    content |= also
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, raw in sorted(content.items()):
            if not needed(name, root, never):
                continue
            if name.endswith(".py") and root + name in used:
                code = compile(raw, root + name, "exec", dont_inherit=True, optimize=optimize)
                raw = bytes(_code_to_hash_pyc(code, importlib.util.source_hash(raw), False))
                name += "c"
            file.writestr(zipfile.ZipInfo(name, DATE), raw, zipfile.ZIP_DEFLATED, 9)
    with open(path, "wb") as file:
        file.write(out.getvalue())

# Nobody asks here what a part of Python says of itself. (Other packages do use such words.)
convert("/core/python_stdlib.zip", STDLIB, NEVER, optimize=2)
for path in sorted(glob.glob("/wheels/*.whl")):
    ours = path.startswith("/wheels/place_kit-")
    also = {"place_kit/content/facts.pickle": base64.b64decode(facts)} if ours else {}
    # What the facts were read from is not sent too.
    convert(path, SITE, ("place_kit/content/questions/",), also=also)
`);
console.log(JSON.parse(used).length);
