// Run every cell of the course's notebooks with the Python that the site ships; print what failed.
// node run_notebooks.mjs PYODIDE_FOLDER COURSE_FOLDER
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// Node would print the line of the fault, which in Pyodide is a megabyte long.
process.on('uncaughtException', error => {
  console.error(error.message || error);
  process.exit(1);
});

const [core, course] = process.argv.slice(2).map(one => path.resolve(one));
const { loadPyodide } = await import(pathToFileURL(path.join(core, 'pyodide.mjs')));
const python = await loadPyodide({ indexURL: core + path.sep });
await python.loadPackage(['ipython', 'ipykernel', 'comm', 'piplite', 'place-kit'], { messageCallback: () => {} });
python.FS.mkdirTree('/drive');
python.FS.mount(python.FS.filesystems.NODEFS, { root: course }, '/drive');
console.log(await python.runPythonAsync(`
import ast, json, os, pathlib, sys, traceback
import piplite.piplite

ran, failed = {}, []
for path in sorted(pathlib.Path("/drive").glob("*/**/*.ipynb")):
    os.chdir(path.parent)
    cells = [one for one in json.loads(path.read_text())["cells"] if one["cell_type"] == "code"]
    names = {}
    for cell in cells:
        body = ast.parse("".join(cell["source"])).body
        shown = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None
        try:
            exec(compile(ast.Module(body, []), cell["id"], "exec"), names)
            shown = eval(compile(shown, cell["id"], "eval"), names) if shown else None
            for way in ("_repr_mimebundle_", "_repr_html_"):
                if hasattr(shown, way):
                    assert getattr(shown, way)()
                    break
        except Exception:
            failed.append([str(path), cell["id"], traceback.format_exc()[-600:]])
    ran[str(path.relative_to("/drive"))] = len(cells)
json.dumps({"ran": ran, "failed": failed, "path": sys.path})
`));
