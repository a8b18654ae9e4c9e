import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { catalogueSources } from "../../../review/meaning/sources";
import { ROOT } from "../../cli/support";
import { base } from "../support/changed";

/** The line that a place names. */
async function lineOf(type: string, name: string): Promise<string | undefined> {
    const { stacks } = await base();
    const stack = stacks.find((each) => each.stack === "prod");
    const resource = stack?.resources.find((each) => each.type === type && each.name === name);
    assert.ok(stack && resource, `${type} ${name}`);
    const place = catalogueSources(ROOT)(resource.urn, stack);
    if (place === undefined) return undefined;
    const text = readFileSync(path.join(ROOT, place.file), "utf8").split("\n")[place.line - 1];
    return `${place.file}: ${text?.trim() ?? ""}`;
}

const EXTERNAL_SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";

// Who writes a catalogue in another way than ours gets no line: that is not tried for every way.
describe("where a resource is declared", () => {
    const CASES: readonly (readonly [type: string, name: string, place: string | undefined])[] = [
        ["aws:secretsmanager/secret:Secret", "devplatform/api-keys", 'devplatform.ts: "api-keys": {'],
        [
            "random:index/randomPassword:RandomPassword",
            "devplatform/db.password-g1",
            "devplatform.ts: password: generated(",
        ],
        ["strongroom:secrets:Document", "marketplace/webhooks", "marketplace.ts: webhooks: {"],
        [EXTERNAL_SECRET, "devplatform/backend", "devplatform.ts: backend: {"],
        [EXTERNAL_SECRET, "devplatform/backend-config", "devplatform.ts: backend: {"],
        ["kubernetes:core/v1:Namespace", "yosai", "yosai.ts: export const yosai: Platform = {"],
        ["aws:kms/key:Key", "strongroom-prod", undefined],
    ];
    for (const [type, name, place] of CASES) {
        it(`is found for ${type} ${name}`, async () => {
            const found = await lineOf(type, name);
            if (place === undefined) assert.equal(found, undefined);
            else assert.ok(found?.startsWith(`stacks/catalogue/${place}`), found);
        });
    }

    it("is unknown where the files are not there", async () => {
        const { stacks } = await base();
        const [stack] = stacks;
        const platform = stack?.resources.find(({ type }) => type === "strongroom:stacks:Platform");
        assert.ok(stack && platform);
        assert.equal(catalogueSources("/nowhere")(platform.urn, stack), undefined);
    });

    it("is told from the root of the repository", async () => {
        const { stacks } = await base();
        const [stack] = stacks;
        const platform = stack?.resources.find(({ type }) => type === "strongroom:stacks:Platform");
        assert.ok(stack && platform);
        const place = catalogueSources(ROOT, "infra/")(platform.urn, stack);
        assert.equal(place?.file, `infra/stacks/catalogue/${platform.name}.ts`);
    });
});
