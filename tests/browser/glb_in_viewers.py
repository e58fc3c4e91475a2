"""Exports a store, has the Khronos validator read it, and opens it in two viewers in Chromium.

`make validate-glb` runs it: it fetches three npm packages, which the tests must not need.
Usage: glb_in_viewers.py [STORE] [OUT]; pictures and reports go to OUT (out/validate-glb).
"""

import functools
import http.server
import io
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PACKAGES = ("gltf-validator@2.0.0-dev.3.10", "three@0.183", "@google/model-viewer@4.4.0")
CHROMIUM = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader")  # fmt: skip
WAIT_MS = 300_000
SIZE = (1200, 700)

KINDS = {
    "nodes": (),
    "gpu": ("--instancing", "gpu"),
    "web": ("--instancing", "gpu", "--units", "front", "--detail", "light"),
}

VALIDATE = """
const fs = require('fs'), validator = require('gltf-validator');
validator.validateBytes(new Uint8Array(fs.readFileSync(process.argv[1])), {maxIssues: 0})
  .then(report => console.log(JSON.stringify({issues: report.issues, info: report.info})));
"""

THREE_PAGE = """<!doctype html><title>wait</title><body style="margin:0">
<script type="importmap">{"imports":{"three":"/node_modules/three/build/three.module.js",
"three/addons/":"/node_modules/three/examples/jsm/"}}</script>
<script type="module">
import * as THREE from 'three';
import {GLTFLoader} from 'three/addons/loaders/GLTFLoader.js';
import {RoomEnvironment} from 'three/addons/environments/RoomEnvironment.js';
const asked = new URLSearchParams(location.search);
const renderer = new THREE.WebGLRenderer({preserveDrawingBuffer: true, antialias: true});
renderer.setSize(1200, 700);
renderer.toneMapping = THREE.ACESFilmicToneMapping;
document.body.append(renderer.domElement);
const scene = new THREE.Scene();
const surroundings = new THREE.PMREMGenerator(renderer).fromScene(new RoomEnvironment(), 0.04);
scene.environment = surroundings.texture;
scene.environmentIntensity = 0.6;
scene.background = new THREE.Color(0xbfd3e6);
new GLTFLoader().load(asked.get('file'), gltf => {
  scene.add(gltf.scene);
  const box = new THREE.Box3().setFromObject(gltf.scene);
  let camera = gltf.cameras[0];
  if (asked.get('view') === 'above') {
    camera = new THREE.PerspectiveCamera(55, 1, 0.05, 300);
    camera.position.set(15, 15, 19);
    camera.lookAt(0, 0, 0);
  }
  camera.aspect = 1200 / 700;
  camera.updateProjectionMatrix();
  renderer.render(scene, camera);
  const size = box.getSize(new THREE.Vector3());
  document.title = JSON.stringify({...renderer.info.render, size});
}, undefined, error => { document.title = JSON.stringify({error: String(error)}); });
</script>"""

VIEWER_PAGE = """<!doctype html><title>wait</title><body style="margin:0">
<script type="module" src="/node_modules/@google/model-viewer/dist/model-viewer.min.js"></script>
<model-viewer style="width:1200px;height:700px" src="FILE" camera-orbit="40deg 55deg 75%"
 environment-image="neutral" interaction-prompt="none"></model-viewer>
<script>
const viewer = document.querySelector('model-viewer');
viewer.addEventListener('load', () => setTimeout(() => {
  document.title = JSON.stringify({loaded: viewer.loaded, size: viewer.getDimensions()});
}, 3000));
viewer.addEventListener('error', event => {
  document.title = JSON.stringify({error: JSON.stringify(event.detail)});
});
</script>"""


def main(store: Path, out: Path) -> int:
    """How many of the checks failed."""
    out.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        print("validate-glb needs Node: install it (Debian: apt-get install nodejs npm)")
        return 2
    subprocess.run([npm, "install", "--no-save", "--silent", "--prefix", str(out), *PACKAGES],
                   check=True)  # fmt: skip
    endcap = Path(sys.executable).with_name("endcap")
    failures = 0
    for kind, options in KINDS.items():
        file = out / f"{kind}.glb"
        subprocess.run([endcap, "export", str(store), "-o", str(file), *options], check=True)
        failures += validated(file, out)
    (out / "three.html").write_text(THREE_PAGE, encoding="utf-8")
    (out / "viewer.html").write_text(VIEWER_PAGE.replace("FILE", "web.glb"), encoding="utf-8")
    return failures + viewed(out)


def validated(file: Path, out: Path) -> int:
    """What the validator says; 1 when it is an error or a warning."""
    said = subprocess.run(
        ["node", "-e", VALIDATE, str(file)], check=True, capture_output=True, cwd=out, text=True
    )
    report = json.loads(said.stdout)
    issues = report["issues"]
    codes = sorted({message["code"] for message in issues["messages"]})
    print(f"{file.name}: {issues['numErrors']} errors, {issues['numWarnings']} warnings, "
          f"{issues['numInfos']} infos {codes}")  # fmt: skip
    return int(issues["numErrors"] + issues["numWarnings"] > 0)


def viewed(out: Path) -> int:
    """Open each file in three.js and one in model-viewer; how many did not show."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """No log."""

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(out))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{server.server_port}"
    failures = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(CHROMIUM)
        )
        for kind in KINDS:
            for view in ("entrance", "above"):
                page = f"{at}/three.html?file=/{kind}.glb&view={view}"
                failures += shown(browser, page, out / f"three-{kind}-{view}.png")
        failures += shown(browser, f"{at}/viewer.html", out / "model-viewer.png")
        browser.close()
    server.shutdown()
    return failures


def shown(browser: Browser, address: str, picture: Path) -> int:
    """Wait for a page to say what it drew; 1 when it drew nothing."""
    page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
    page.goto(address)
    page.wait_for_function("document.title.startsWith('{')", timeout=WAIT_MS)
    told = json.loads(page.title())
    raw = page.screenshot(path=picture, timeout=WAIT_MS)
    page.close()
    with Image.open(io.BytesIO(raw)) as image:
        colours = len(image.convert("RGB").quantize(64).getcolors() or ())
    print(f"{picture.name}: {told}")
    return int("error" in told or colours < 32)


if __name__ == "__main__":
    arguments = [Path(one) for one in sys.argv[1:]]
    default = (Path("store_scenes/demo/store"), Path("out/validate-glb"))
    chosen = (*arguments, *default[len(arguments) :])
    sys.exit(main(chosen[0].resolve(), chosen[1].resolve()))
