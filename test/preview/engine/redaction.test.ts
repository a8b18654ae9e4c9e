import assert from "node:assert/strict";
import { redactor } from "../../../preview/engine/redaction";
import type { Registered } from "../../../preview/engine/registered";
import { Secret } from "../../../preview/engine/values";
import type { PropertyMap } from "../../../preview/engine/values";

const resource = (urn: string, inputs: PropertyMap): Registered =>
    ({ urn, inputs, outputs: inputs }) as Registered;

describe("the redaction of messages", () => {
    it("takes out what the configuration and the resources keep secret, however deep", () => {
        const redact = redactor(
            ["from-config"],
            [resource("urn:a", { deep: { list: [new Secret("from-resource")] } })],
        );
        assert.equal(redact("from-config and from-resource"), "[secret] and [secret]");
    });
    it("leaves a marked text that also stands in the open, or in a name", () => {
        const redact = redactor(
            [],
            [
                resource("urn:pulumi:prod::x", {
                    value: new Secret("us-east-1"),
                    region: "us-east-1",
                    label: new Secret("prod"),
                }),
            ],
        );
        assert.equal(redact("a role of prod in us-east-1"), "a role of prod in us-east-1");
    });
    it("takes out a value of the configuration even where it stands in the open", () => {
        const redact = redactor(["hunter22"], [resource("urn:hunter22", { leaked: "hunter22" })]);
        assert.equal(redact("it is hunter22"), "it is [secret]");
    });
    it("takes out the longer of two that overlap", () => {
        const redact = redactor(["canary", "canary-long"], []);
        assert.equal(redact("canary-long, canary"), "[secret], [secret]");
    });
});
