import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import path from "node:path";
import { readText, secretFiles } from "../../local/files";
import { likeliestPlatform } from "../../local/likeliest-platform";
import { catalogue } from "../../stacks/catalogue";

/** Does not prove: what an account without rights is told; tests may run as root, who may read everything. */
describe("a file that a variable names", () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-files-"));
    after(() => {
        fs.rmSync(directory, { recursive: true });
    });
    const look = secretFiles(directory, true);
    const write = (name: string, content: string | Buffer, mode: number): void => {
        fs.writeFileSync(path.join(directory, name), content);
        fs.chmodSync(path.join(directory, name), mode);
    };

    it("is read from the folder of the file that names it, with whom it is open to", () => {
        write("own", "a", 0o600);
        write("group", "b", 0o640);
        write("all", "c", 0o644);
        fs.symlinkSync("own", path.join(directory, "link"));
        assert.deepEqual(look("own"), { is: "text", text: "a", isOpen: false });
        assert.deepEqual(look("./group"), { is: "text", text: "b", isOpen: false });
        assert.deepEqual(look(path.join(directory, "all")), { is: "text", text: "c", isOpen: true });
        assert.deepEqual(look("link"), { is: "text", text: "a", isOpen: false });
    });

    it("is told where it is of no use, and never waited for", () => {
        write("large", "x".repeat(500 * 1024 + 1), 0o600);
        write("binary", Buffer.from([0xff, 0x00]), 0o600);
        assert.equal(spawnSync("mkfifo", [path.join(directory, "pipe")]).status, 0);
        fs.symlinkSync("nowhere", path.join(directory, "broken"));
        const found = [
            "none",
            "none/below",
            "own/below",
            ".",
            "pipe",
            "large",
            "binary",
            "broken",
            "/dev/zero",
        ].map((name) => look(name).is);
        assert.deepEqual(found, [
            "missing",
            "missing",
            "missing",
            "no file",
            "no file",
            "too large",
            "no text",
            "missing",
            "no file",
        ]);
    });

    it("is not missed in /run/secrets where that is on another machine", () => {
        const elsewhere = fs.existsSync("/run/secrets") ? "missing" : "elsewhere";
        assert.equal(secretFiles(directory, false)("/run/secrets/strongroom-none").is, elsewhere);
        assert.equal(secretFiles(directory, true)("/run/secrets/strongroom-none").is, "missing");
    });

    it("may begin with a byte order mark, which stays", () => {
        write("marked", "\uFEFFa", 0o600);
        assert.deepEqual(readText(path.join(directory, "marked")), { text: "\uFEFFa", isOpen: false });
    });
});

describe("the platform that variables are of", () => {
    it("is the one that has most of them, and none where two have as many", () => {
        assert.equal(likeliestPlatform(catalogue, ["JWT_SECRET", "APP_PROFILE"]), "estuary");
        assert.equal(likeliestPlatform(catalogue, ["FERNET_KEY_FILE"]), "yosai");
        assert.equal(likeliestPlatform(catalogue, ["JWT_SECRET"]), undefined);
        assert.equal(likeliestPlatform(catalogue, ["PATH"]), undefined);
        assert.equal(likeliestPlatform(catalogue, []), undefined);
    });
});
