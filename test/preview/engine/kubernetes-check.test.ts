import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";

import { checkedObject } from "../../../preview/engine/kubernetes-check";
import { Secret, Unknown, type PropertyMap, type PropertyValue } from "../../../preview/engine/values";

const checked = (inputs: PropertyMap): PropertyMap => checkedObject("urn:of:it", "it", inputs);
const metadata = { name: "it" };
const secret = { apiVersion: "v1", kind: "Secret", metadata };

function revealed(value: PropertyValue | undefined): PropertyValue {
    ok(value instanceof Secret);
    return value.reveal();
}

describe("the inputs of a Kubernetes object", () => {
    it("get a name of the object's own and a stable end where none is given", () => {
        const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "shop" } };
        const made = checked(inputs)["metadata"] as PropertyMap;
        match(made["name"] as string, /^it-[0-9a-f]{8}$/);
        deepStrictEqual(made["annotations"], { "pulumi.com/autonamed": "true" });
        deepStrictEqual(checked(inputs), checked(inputs));
    });

    const named: readonly (readonly [string, PropertyMap])[] = [
        ["given", { name: "it" }],
        ["unknown yet", { name: Unknown.value }],
        ["made by the server", { generateName: "it-" }],
    ];
    for (const [how, of] of named) {
        it(`keep a name that is ${how}`, () => {
            deepStrictEqual(checked({ apiVersion: "v1", kind: "Pod", metadata: of })["metadata"], of);
        });
    }

    it("lose what is empty in the metadata of a built-in kind, when all of it is known", () => {
        const of = { name: "it", annotations: {}, labels: { a: "b" } };
        const kept = { name: "it", labels: { a: "b" } };
        const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: of };
        deepStrictEqual(checked(role)["metadata"], kept);
        deepStrictEqual(checked({ ...role, rules: [Unknown.value] })["metadata"], of);
        deepStrictEqual(checked({ ...role, apiVersion: "external-secrets.io/v1" })["metadata"], of);
    });

    it("have a Secret's texts encoded among its data, and the data hidden whole", () => {
        const { data, stringData } = checked({
            ...secret,
            data: { a: "MQ==", b: "MQ==" },
            stringData: new Secret({ b: "2" }),
        });
        strictEqual(stringData, undefined);
        deepStrictEqual(revealed(data), { a: "MQ==", b: "Mg==" });
    });

    it("keep a Secret's texts as they are while something is unknown, hidden whole", () => {
        const { data, stringData } = checked({
            ...secret,
            data: Unknown.value,
            stringData: { a: new Secret("1") },
        });
        strictEqual(revealed(data), Unknown.value);
        deepStrictEqual(revealed(stringData), { a: "1" });
    });

    it("are not hidden for another kind of that name", () => {
        const inputs = { ...secret, apiVersion: "example.com/v1", data: { a: "b" } };
        deepStrictEqual(checked(inputs), inputs);
    });

    it("stay as they are where the metadata is unknown or secret", () => {
        for (const of of [Unknown.value, new Secret(metadata)]) {
            const inputs = { apiVersion: "v1", kind: "Pod", metadata: of };
            deepStrictEqual(checked(inputs), inputs);
        }
    });
});
