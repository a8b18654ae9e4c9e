import assert from "node:assert/strict";
import { formatReference, parseReference, SCHEMES } from "../../components/domain/references";
import { referenceRows, referencesText } from "../../local/references";
import { whereabouts } from "../../rotation/runbooks/store-names";
import { catalogue } from "../../stacks/catalogue";
import { SECRET_STORES } from "../../stacks/config/schema";
import { platformOf, stackOf } from "./support";

/** The rows of a platform, as if another store kept it in prod. */
async function rowsOf(platform: string, secrets: (typeof SECRET_STORES)[number]) {
    const { own } = await stackOf(platform, "prod");
    const kept = { ...own.config.platforms[platform]!, secrets };
    const config = { ...own.config, platforms: { ...own.config.platforms, [platform]: kept } };
    return referenceRows(
        platformOf(platform),
        (document, field) => whereabouts(config, platformOf(platform), document, field)?.reference,
    );
}

/** Does not prove: that an application reads references; test/preview holds that these are what the program declares. */
describe("the references of a platform", () => {
    for (const store of SECRET_STORES)
        it(`in ${store} come back from their text, a row for each field`, async () => {
            const schemes = new Set<string>();
            for (const { name, documents } of catalogue) {
                const rows = await rowsOf(name, store);
                const fields = Object.values(documents).flatMap((document) => Object.keys(document.fields));
                assert.equal(rows.length, fields.length);
                for (const { reference, variable, isPlain } of rows) {
                    if (reference === undefined) {
                        assert.equal(`${store} ${variable}`, "kubernetes ");
                        continue;
                    }
                    const parsed = parseReference(reference);
                    assert.equal(formatReference(parsed), reference);
                    assert.equal(parsed.field === undefined, isPlain);
                    schemes.add(parsed.scheme);
                }
                assert.equal(new Set(rows.map((row) => row.reference ?? row.field)).size, rows.length);
            }
            assert.equal(schemes.size, 1);
            assert.ok((SCHEMES as readonly string[]).includes([...schemes][0]!));
        });

    it("are what applications write", async () => {
        const first = async (...args: Parameters<typeof rowsOf>): Promise<string | undefined> =>
            (await rowsOf(...args)).find(({ variable }) => /PASSWORD|JWT_SECRET$/.test(variable))?.reference;
        assert.equal(await first("devplatform", "vault"), "vault:secret/data/devplatform/prod/db#password");
        assert.equal(
            await first("devplatform", "aws-secrets-manager"),
            "aws-secrets:devplatform/prod/db#password",
        );
        assert.equal(
            await first("gcpplatform", "aws-secrets-manager"),
            "aws-secrets:gcpplatform/prod/jwt-secret",
        );
        assert.equal(
            await first("gcpplatform", "gcp-secret-manager"),
            "gcp-secrets:projects/strongroom-prod/secrets/gcpplatform_prod_jwt-secret",
        );
    });

    it("say what an application has to know: which entries are JSON", async () => {
        const json = referencesText(await rowsOf("devplatform", "aws-secrets-manager"));
        const text = referencesText(await rowsOf("gcpplatform", "aws-secrets-manager"));
        assert.match(json, /is a JSON object of its fields/);
        assert.doesNotMatch(text, /JSON/);
    });
});
