import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { EXAMPLES, examplesOf } from "../../cli/env/example";
import { fieldsOf, isRequired } from "../../components/domain/catalogue";
import type { GeneratedForm } from "../../components/domain/catalogue";
import { base64, base64url, fernet, hex, password, uuid } from "../../components/domain/fields";
import { formFault } from "../../components/domain/form-faults";
import { shapeFault } from "../../components/domain/value-shape";
import { drawCommand } from "../../local/draw-command";
import { settingsIn } from "../../local/environments";
import { PLACEHOLDER } from "../../local/example";
import { variablesOf } from "../../local/variables";
import { catalogue } from "../../stacks/catalogue";
import { ROOT } from "../cli/support";
import { skipUnless } from "./skip-unless";
import { checked, filledExample, platformOf, stackOf, told } from "./support";

const FOLDER = path.join(ROOT, EXAMPLES);
const committed = (platform: string): string =>
    readFileSync(path.join(FOLDER, `${platform}.env.example`), "utf8");

/** Does not prove: that an application starts with these values. */
describe("the committed examples", () => {
    it("are what the catalogue makes: 'npm run env -- example --write'", async () => {
        const { examples } = await examplesOf([]);
        assert.deepEqual(readdirSync(FOLDER).sort(), [...examples.keys()].sort());
        for (const [name, text] of examples)
            assert.equal(readFileSync(path.join(FOLDER, name), "utf8"), text, name);
        assert.equal(examples.size, catalogue.length);
    });

    for (const { name } of catalogue) {
        it(`name every variable of ${name} once, with its description`, () => {
            const lines = committed(name).split("\n");
            for (const variable of variablesOf(platformOf(name)).values()) {
                if (variable.kind === "secret" && variable.stage !== "current") continue;
                const at = lines.filter((line) => new RegExp(`^(?:# )?${variable.name}=`).test(line));
                assert.equal(at.length, 1, variable.name);
            }
            for (const { field } of fieldsOf([platformOf(name)]))
                if (field.variable !== undefined)
                    assert.ok(committed(name).includes(`# ${field.description} (`));
        });

        it(`of ${name} has nothing wrong but what has to be filled in`, async () => {
            const { own } = await stackOf(name);
            const settings = settingsIn(own.config, platformOf(name));
            const lines = committed(name).split("\n");
            const expected = [...variablesOf(platformOf(name)).values()]
                .filter(({ kind, required }) => kind === "secret" && isRequired(required, settings))
                .map((variable) => {
                    const line = lines.findIndex((each) => each.startsWith(`${variable.name}=`)) + 1;
                    return `error ${String(line)} ${variable.name} placeholder`;
                });
            assert.deepEqual(told(await checked(name, committed(name))), expected);
        });

        for (const environment of ["dev", "prod"])
            it(`of ${name} is clean once it is filled in, in ${environment}`, async () => {
                const text = await filledExample(name, environment);
                assert.ok(!/^[^#]*change-me/m.test(text));
                assert.deepEqual(told(await checked(name, text, { environment })), []);
            });
    }

    it("are taken by a shell as they are", () => {
        for (const { name } of catalogue) {
            const { status, stderr } = spawnSync(
                "sh",
                ["-eu", "-c", '. "$0"', path.join(FOLDER, `${name}.env.example`)],
                {
                    encoding: "utf8",
                },
            );
            assert.equal(`${String(status)}${stderr}`, "0", name);
        }
    });

    it("have no value that anybody could use", () => {
        for (const { name } of catalogue)
            for (const { field } of fieldsOf([platformOf(name)])) {
                const line = new RegExp(`^(?:# )?${field.variable ?? "-"}=(.*)$`, "m").exec(committed(name));
                assert.ok(line === null || line[1]!.includes(PLACEHOLDER), field.variable);
            }
    });
});

describe("a command that draws a value", () => {
    const forms: readonly GeneratedForm[] = [
        password(22),
        password(32),
        hex(32),
        base64(16),
        base64(32),
        base64(64),
        base64url(32),
        fernet,
        uuid,
    ];
    for (const form of forms)
        it(`draws one of the form ${JSON.stringify(form)}, and another each time`, function () {
            const command = drawCommand(form);
            skipUnless(this, command.split(" ")[0]!);
            const draw = (): string =>
                spawnSync("bash", ["-c", `set -eu; printf %s "$(${command})"`], { encoding: "utf8" }).stdout;
            const value = draw();
            assert.equal(formFault(value, form), undefined);
            if (form.form === "password")
                assert.match(value, new RegExp(`^[A-Za-z0-9]{${String(form.lengthChars)}}$`));
            assert.notEqual(draw(), value);
        });
});

describe("the catalogue's configuration", () => {
    it("has the form that it asks for, by default and in each environment, and nothing unsafe where it is protected", async () => {
        let seen = 0;
        for (const platform of catalogue) {
            const { stacks } = await stackOf(platform.name, "prod");
            for (const { config } of stacks) {
                const settings = settingsIn(config, platform);
                for (const [name, { shape, unsafe = [] }] of Object.entries(platform.config)) {
                    const value = settings[name];
                    if (value === undefined) continue;
                    seen++;
                    if (shape !== undefined) assert.equal(shapeFault(value, shape), undefined, name);
                    if (config.protect) assert.ok(!unsafe.includes(value.toLowerCase()), name);
                }
            }
        }
        assert.ok(seen > 40);
    });
});
