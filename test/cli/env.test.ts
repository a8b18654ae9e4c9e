import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { checkJson, checkText } from "../../local/check/report";
import { environmentOf } from "../../local/environments";
import { variablesOf } from "../../local/variables";
import { catalogue } from "../../stacks/catalogue";
import { checked, drawn, filledExample, platformOf, stackOf } from "../local/support";
import { forms } from "../support/sealed";
import { ROOT, strongroom } from "./support";

/** Does not prove: what other commands print; a value of fewer than six characters may be a word of any sentence. */
describe("env", function () {
    this.timeout("2 minutes");
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-env-"));
    after(() => {
        fs.rmSync(directory, { recursive: true });
    });
    const file = (name: string, content: string | Buffer, mode = 0o600): string => {
        const place = path.join(directory, name);
        fs.writeFileSync(place, content, { mode });
        return place;
    };
    const run = (...args: readonly string[]) => strongroom(["env", ...args]);

    it("passes a file that is filled in, in each environment", async () => {
        for (const environment of ["dev", "prod"]) {
            const place = file("clean.env", await filledExample("devplatform", environment));
            const { code, stdout, stderr } = await run("check", place, "-e", environment);
            const where = environment === "prod" ? "prod (protected)" : "dev";
            assert.equal(stderr, "");
            assert.equal(stdout, `devplatform in ${where}: 23 variables given: clean\n`);
            assert.equal(code, 0);
        }
    });

    it("tells faults by line with the next step, and exits with 2", async () => {
        const place = file(
            "wrong.env",
            "JWT_SECRT=1\nJWT_SECRET=changeme\nAUTH_ENABLED=true\nAPP_PROFILE=development\n",
        );
        const { code, stdout } = await run("check", place, "--platform", "estuary");
        assert.equal(
            stdout,
            [
                `warning ${place}:1: the line sets a variable that the catalogue does not have.`,
                "        Did you mean 'JWT_SECRET'?",
                `error   ${place}:2 JWT_SECRET: its value is a placeholder.`,
                "        Draw one: openssl rand -hex 32",
                `error   ${place} AUTH_JWKS_URLS: it is missing, and AUTH_ENABLED 'true' needs it.`,
                "        Issued by: identity provider",
                "estuary in dev: 3 variables given: 2 errors, 1 warning",
                "",
            ].join("\n"),
        );
        assert.equal(code, 2);
    });

    it("exits with 0 where there are warnings alone, and refuses them in a protected environment", async () => {
        const text = `${await filledExample("estuary", "prod")}JWT_SECRET_PREVIOUS='a'\n`;
        const place = file("warned.env", text.replace(/^JWT_SECRET_PREVIOUS.*/m, "APP_PROFILE=production"));
        const [dev, prod] = [await run("check", place, "-e", "dev"), await run("check", place, "-e", "prod")];
        assert.equal(dev.code, 0, dev.stdout);
        assert.match(dev.stdout, /0 errors, 1 warning\n$/);
        assert.equal(prod.code, 2);
        assert.match(prod.stdout, /1 error, 0 warnings\n$/);
    });

    it("says the same in JSON", async () => {
        const place = file("json.env", "YOSAI_ENV=development\n");
        const { code, stdout } = await run("check", place, "-p", "yosai", "--json");
        const told = JSON.parse(stdout) as { faults: { variable: string; kind: string }[]; clean: boolean };
        assert.equal(code, 2);
        assert.equal(told.clean, false);
        assert.deepEqual([...new Set(told.faults.map(({ kind }) => kind))], ["missing"]);
        assert.equal(told.faults[0]?.variable, "SECRET_KEY");
    });

    it("checks the variables of its own process, for a container's start", async () => {
        const set = Object.fromEntries(
            (await filledExample("yosai", "prod"))
                .split("\n")
                .filter((line) => /^[A-Z]/.test(line))
                .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
        );
        const args = ["env", "check", "--process-env", "-p", "yosai", "-e", "prod"];
        const clean = await strongroom(args, { env: set });
        assert.equal(clean.stdout, "yosai in prod (protected): 10 variables given: clean\n");
        const { code, stdout } = await strongroom(args, {
            env: { ...set, DB_PASSWORD: "", SECRET_KEY_FILE: "/nowhere" },
        });
        assert.match(
            stdout,
            /^error {3}environment SECRET_KEY: a file is named for it, and it is set itself\.$/m,
        );
        assert.match(stdout, /^error {3}environment DB_PASSWORD: it is empty\.$/m);
        assert.equal(code, 2);
    });

    it("reads the files that variables name, from the folder of the file, and their rights", async () => {
        file("secret_key", "change-me");
        file("db_password", drawn("db").toString("hex"), 0o644);
        const text = (await filledExample("yosai"))
            .replace(/^SECRET_KEY=.*/m, "SECRET_KEY_FILE=secret_key")
            .replace(/^DB_PASSWORD=.*/m, "DB_PASSWORD_FILE=./db_password")
            .replace(/^FERNET_KEY=.*/m, "FERNET_KEY_FILE=.");
        const { stdout, code } = await run("check", file("files.env", text));
        assert.match(stdout, /SECRET_KEY: the value in its file is a placeholder/);
        assert.match(stdout, /FERNET_KEY: the file that FERNET_KEY_FILE names is no file/);
        assert.match(stdout, /warning .*DB_PASSWORD: everybody on the machine may read/);
        assert.equal(code, 2);
    });

    const hostile: readonly (readonly [what: string, content: string | Buffer, says: RegExp])[] = [
        ["a NUL", "A=1\0\n", /it is no text in UTF-8/],
        [
            "bytes of a program",
            Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0x80]),
            /it is no text in UTF-8/,
        ],
        ["UTF-16", Buffer.from("\uFEFFA=1\n", "utf16le"), /it is no text in UTF-8/],
        ["five megabytes", "A=1\n".repeat(1_310_720), /it is larger than 1 MiB/],
    ];
    for (const [what, content, says] of hostile)
        it(`refuses a file with ${what} in a line, and exits with 1`, async () => {
            const { code, stdout, stderr } = await run("check", file("hostile.env", content), "-p", "yosai");
            assert.equal(stdout, "");
            assert.match(stderr, says);
            assert.doesNotMatch(stderr, /\n\s+at /);
            assert.equal(code, 1);
        });

    it("takes a megabyte of variables that nobody knows in its stride", async () => {
        const lines = Array.from(
            { length: 20_000 },
            (_, at) => `UNKNOWN_${String(at)}=${drawn(String(at), 12).toString("hex")}`,
        );
        const { code, stdout } = await run("check", file("many.env", lines.join("\n")), "-p", "yosai");
        assert.equal(code, 2);
        assert.match(stdout, /20000 warnings\n$/);
    });

    const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
        [["check", "/nowhere/.env"], /there is no such file/],
        [["check", ROOT], /it is no file/],
        [["check", "package.json"], /do not tell which platform/],
        [["check", ".gitignore", "-p", "yosay"], /no platform of this name\. Did you mean 'yosai'\?/],
        [["check", ".gitignore", "-p", "yosai", "-e", "prd"], /no such environment\. Did you mean 'prod'\?/],
        [["check", "a", "--process-env"], /are two sources/],
        [["compose", "devplatfrm"], /Did you mean 'devplatform'\?/],
        [["references", "yosai", "--store", "valt"], /Did you mean 'vault'\?/],
        [["references", "yosai", "--store", "gcp-secret-manager"], /is not set up in dev/],
        [["example", "nothing", "yosay"], /nothing: .*yosay: /],
        [["pull"], /unknown command 'pull'/],
        [["check", "--chek"], /unknown option '--chek'/],
    ];
    for (const [args, says] of wrong)
        it(`refuses 'env ${args.join(" ").replace(ROOT, "<folder>")}' in words, and exits with 1`, async () => {
            const { code, stdout, text, stderr } = await run(...args);
            assert.equal(stdout, "");
            assert.match(text, says);
            assert.doesNotMatch(stderr, /\n\s+at /);
            assert.equal(code, 1);
        });

    for (const name of ["example", "check", "compose", "references"])
        it(`explains ${name}: what it does, an example, its exit codes`, async () => {
            const { code, stdout } = await run(name, "--help");
            assert.match(stdout, new RegExp(`Examples:\\n {2}npm run env -- ${name} `));
            assert.match(stdout, /Exit codes:\n {2}0 {2}/);
            assert.equal(code, 0);
        });

    it("writes Compose files and the script of a Swarm, and the same again", async () => {
        const args = ["compose", "devplatform", "--swarm", "-e", "prod", "--write", directory];
        const first = await run(...args);
        assert.equal(first.code, 0, first.stderr);
        assert.match(first.text, /written .*swarm\.secrets\.yaml written .*create-swarm-secrets/);
        assert.match((await run(...args)).text, /unchanged .*swarm\.secrets\.yaml unchanged /);
        const script = fs.readFileSync(path.join(directory, "create-swarm-secrets"), "utf8");
        assert.match(
            script,
            /aws secretsmanager get-secret-value .*--secret-id devplatform\/prod\/jwt .*'\."secret_key" \/\/ empty' \| create devplatform_prod_jwt_secret_key_g\d+\n/,
        );
    });

    it("prints references as a table and as JSON", async () => {
        const args = ["references", "yosai", "-e", "prod"];
        assert.match((await run(...args)).stdout, /vault:secret\/data\/yosai\/prod\/db#password/);
        const rows = JSON.parse((await run(...args, "--json")).stdout) as {
            field: string;
            reference: string;
        }[];
        assert.equal(rows.length, 7);
        assert.equal(rows[0]?.reference, "vault:secret/data/yosai/prod/app#secret_key");
    });
});

/** Texts of at least six characters that no report has of itself. */
const secretText = fc
    .tuple(fc.stringMatching(/^[ -~]{0,12}$/), fc.uint8Array({ minLength: 9, maxLength: 24 }), fc.boolean())
    .map(([text, bytes, isHex]) => `${Buffer.from(bytes).toString(isHex ? "hex" : "base64")}${text}`);

describe("what env check prints", () => {
    it("has no value of the file in it, in no encoding, nor a name that nobody knows", async () => {
        for (const { name } of catalogue) {
            const platform = platformOf(name);
            const { stacks, own } = await stackOf(name, "prod");
            const environment = environmentOf(stacks, own, platform);
            const known = [...variablesOf(platform).keys()];
            const variable = fc.oneof(
                fc.constantFrom(...known),
                fc.constantFrom(...known.map((each) => `${each}_FILE`)),
                fc.stringMatching(/^[A-Za-z]{10,20}$/).map((text) => `${text}Q`),
            );
            const line = fc.tuple(
                variable,
                fc.constantFrom("=", "='", '="', ": ", " = "),
                secretText,
                fc.constantFrom("", "'", '"', " "),
            );
            await fc.assert(
                fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
                    const text = lines.map((parts) => parts.join("")).join("\n");
                    const files = Object.fromEntries(
                        lines.map(([, , value]) => [
                            value,
                            { is: "text", text: value, isOpen: true } as const,
                        ]),
                    );
                    for (const as of ["dev", "prod"]) {
                        const result = await checked(name, text, { environment: as, files, isOpen: true });
                        const head = { place: ".env", platform: name, environment };
                        const printed = `${checkText(head, result)}${JSON.stringify(checkJson(head, result))}`;
                        for (const [set, , value] of lines) {
                            for (const form of forms(value))
                                assert.ok(form.length < 6 || !printed.includes(form));
                            assert.ok(known.includes(set.replace(/_FILE$/, "")) || !printed.includes(set));
                        }
                    }
                }),
                { numRuns: 60 },
            );
        }
    });
});
