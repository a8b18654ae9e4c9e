import assert from "node:assert/strict";
import * as fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { drawArgs } from "../../components/secrets/drawn-value";
import type { GeneratedForm } from "../../components/domain/catalogue";
import { catalogue } from "../components/program/catalogue";
import { registrationsOf } from "../support/registrations";
import type { Registration, Source } from "../support/registrations";
import { ENVIRONMENT } from "../support/render-shop";
import { EDITS, LATER, twoPlatforms } from "./edits";
import type { Edit } from "./edits";

/**
 * What is registered for each generation after edits that are not about rotation. What this does not prove: that the
 * engine leaves alone what is registered as before; it does, and `ignoreChanges` is its own promise.
 */
const LEDGER = fs.readFileSync(path.join(__dirname, "../components/program/ledger.yaml"), "utf8");
const base = twoPlatforms(catalogue, LEDGER, ENVIRONMENT);
const GENERATIONS = [
    "control-plane/encryption-config.key-g1",
    "control-plane/encryption-config.key-g2",
    "depot/cache.key-g4",
    "depot/cache.key-g5",
    "depot/cache.password-g1",
    "shop/db.password-g3",
    "shop/db.password-g4",
    "shop/jwt.key-g2",
    "shop/jwt.key-g3",
];

async function drawn(source: Source): Promise<ReadonlyMap<string, Registration>> {
    const registrations = await registrationsOf(source);
    const passwords = registrations.filter(({ type }) => type.endsWith(":RandomPassword"));
    return new Map(passwords.map((registration) => [registration.name, registration]));
}

/** The names of those that differ, or that only one of them has. */
function differing(
    one: ReadonlyMap<string, Registration>,
    other: ReadonlyMap<string, Registration>,
): string[] {
    const names = new Set([...one.keys(), ...other.keys()]);
    return [...names].filter((name) => {
        const [a, b] = [one.get(name), other.get(name)];
        return a === undefined || b === undefined || !a.bytes.equals(b.bytes);
    });
}
const applied = (edits: readonly Edit[]): Source => edits.reduce((source, edit) => edit(source), base);

describe("an edit that is not about rotation", function () {
    this.timeout("1 minute");

    let unedited: ReadonlyMap<string, Registration>;
    before(async () => {
        unedited = await drawn(base);
        assert.deepEqual([...unedited.keys()].sort(), GENERATIONS);
    });

    for (const [title, edit] of Object.entries(EDITS)) {
        it(`leaves every generation's registration as it is, byte for byte: ${title}`, async () => {
            const edited = edit(base);
            assert.notDeepEqual(JSON.stringify(edited), JSON.stringify(base));
            assert.deepEqual(differing(await drawn(edited), unedited), []);
        });
    }

    it("does so together with any others, in any order", async () => {
        const some = fc.shuffledSubarray(Object.entries(EDITS), { minLength: 2 });
        await fc.assert(
            fc.asyncProperty(some, async (edits) => {
                const after = await drawn(applied(edits.map(([, edit]) => edit)));
                const titles = edits.map(([title]) => title).join(", ");
                assert.deepEqual(differing(after, unedited), [], titles);
            }),
            { numRuns: 15, seed: 4 },
        );
    });

    for (const [title, edit] of Object.entries(LATER)) {
        it(`takes effect with the next generation: ${title}`, async () => {
            const after = await drawn(edit(base));
            assert.deepEqual([...after.keys()].sort(), GENERATIONS);
            assert.ok(differing(after, unedited).length > 0);
            for (const [name, { request }] of after) {
                const old = unedited.get(name)!.request.cloneMessage();
                const ignored = request.getIgnorechangesList();
                const [inputs, inputsBefore] = [inputsOf(request), inputsOf(old)];
                for (const key of new Set([...Object.keys(inputs), ...Object.keys(inputsBefore)]))
                    if (inputs[key] !== inputsBefore[key])
                        assert.ok(ignored.includes(key), `${name}: ${key}`);
                // All but the inputs is as before.
                const now = request.cloneMessage();
                for (const each of [now, old]) {
                    each.clearObject();
                    each.clearPropertydependenciesMap();
                }
                assert.deepEqual(now.toObject(), old.toObject());
            }
        });
    }

    it("ignores a change of whatever a form draws by", async () => {
        const forms: readonly GeneratedForm[] = [
            { form: "password", lengthChars: 32 },
            { form: "hex", bytes: 32 },
            { form: "base64", bytes: 64 },
            { form: "base64url", bytes: 16 },
            { form: "fernet" },
            { form: "uuid" },
        ];
        const inputs = new Set(forms.flatMap((form) => Object.keys(drawArgs(form))));
        for (const { request } of (await drawn(base)).values())
            for (const input of inputs) assert.ok(request.getIgnorechangesList().includes(input), input);
    });
});

describe("a ledger", () => {
    const everything = async (source: Source): Promise<string[]> =>
        (await registrationsOf(source)).map(({ bytes }) => bytes.toString("hex")).sort();

    it("means the same in any order and any layout, for all that is registered", async () => {
        const once = await everything(base);
        assert.deepEqual(await everything(base), once);
        const layouts = [
            "another order in the ledger",
            "comments and white space in the ledger",
            "another order in the configuration",
        ];
        for (const layout of layouts) assert.deepEqual(await everything(EDITS[layout]!(base)), once, layout);
    });
});

function inputsOf(request: Registration["request"]): Record<string, unknown> {
    return request.getObject()?.toJavaScript() ?? {};
}
