import assert from "node:assert/strict";

import type { Json } from "../../../preview/report/redact";
import { isMark } from "../../../review/compare/marks";
import { compareResources } from "../../../review/compare/resources";
import type { SnapshotResource } from "../../../review/snapshot";
import { base } from "../support/changed";

/** A place of the inputs with the inputs as they are with something else there. */
interface Mutation {
    readonly path: string;
    readonly inputs: Json;
}

const KEYS = ["Sid", "sid", "name", "secretKey", "key", "region"];

/** What a list names its elements by, if anything: told again here, since it is what is held to account. */
const keyOf = (list: readonly Json[]): string | undefined =>
    KEYS.find((key) => {
        const names = list.map((each) => (each as Record<string, Json> | null)?.[key]);
        return names.every((name) => typeof name === "string") && new Set(names).size === names.length;
    });

const NAME = /^[A-Za-z_$][\w$]*$/;

/** Every text, number, truth and mark, each changed alone; what names an element of a list is left as it is. */
function* mutations(value: Json, path: string): Generator<Mutation> {
    if (typeof value === "string" && /^[[{]/.test(value)) {
        for (const { path: at, inputs } of mutations(JSON.parse(value) as Json, path))
            yield { path: at, inputs: JSON.stringify(inputs) };
    } else if (isMark(value)) yield { path, inputs: { "~secret": "another" } };
    else if (Array.isArray(value)) {
        const list = value as readonly Json[];
        const key = keyOf(list);
        for (const [index, item] of list.entries()) {
            const name = key === undefined ? undefined : (item as Record<string, string>)[key];
            const at = `${path}[${name === undefined ? String(index) : JSON.stringify(name)}]`;
            for (const { path: deeper, inputs } of mutations(item, at)) {
                if (key !== undefined && deeper === `${at}.${key}`) continue;
                yield { path: deeper, inputs: list.map((old, other) => (other === index ? inputs : old)) };
            }
        }
    } else if (typeof value === "object" && value !== null) {
        for (const [key, item] of Object.entries(value)) {
            const at = !NAME.test(key)
                ? `${path}[${JSON.stringify(key)}]`
                : path === ""
                  ? key
                  : `${path}.${key}`;
            for (const { path: deeper, inputs } of mutations(item, at))
                yield { path: deeper, inputs: Object.assign({}, value, { [key]: inputs }) };
        }
    } else yield { path, inputs: typeof value === "string" ? `${value}~` : "another" };
}

// Two changes at once are not tried here: `resources.test.ts` has some.
describe("any one property of any resource of the stacks, when it changes,", () => {
    for (const name of ["dev", "prod"]) {
        it(`is told by its path in ${name}, and nothing else is`, async () => {
            const stack = (await base()).stacks.find((each) => each.stack === name);
            assert.ok(stack);
            let tried = 0;
            for (const resource of stack.resources) {
                if (resource.type.startsWith("pulumi:providers:")) continue;
                const before = { ...resource, options: { ...resource.options, ignoreChanges: [] } };
                for (const { path, inputs } of mutations(resource.inputs, "")) {
                    const after = { ...before, inputs } as SnapshotResource;
                    const { changes } = compareResources([before], [after]);
                    tried++;
                    assert.deepEqual(
                        changes.map(({ urn, properties }) => [urn, ...properties.map((each) => each.path)]),
                        [[resource.urn, path]],
                    );
                }
            }
            assert.ok(tried > 1000, String(tried));
        });
    }
});
