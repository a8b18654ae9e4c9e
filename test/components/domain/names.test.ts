import assert from "node:assert/strict";
import fc from "fast-check";
import {
    documentNameFault,
    environmentsThatBeginAnother,
    fieldNameFault,
    labelFault,
    Names,
    variableNameFault,
} from "../../../components/domain/names";

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){0,2}$/);

describe("Names", () => {
    it("carry platform and environment on every store", () => {
        const names = new Names("devplatform", "prod");
        assert.equal(names.document("db"), "devplatform/prod/db");
        assert.equal(names.parameter("s3_region"), "/devplatform/prod/s3_region");
        assert.equal(names.secretId("db"), "devplatform_prod_db");
        assert.equal(names.namespace, "devplatform-prod");
        assert.equal(names.identity("backend"), "devplatform-prod-backend");
        assert.equal(names.serviceAccountId("backend"), "devplatform-prod-backend");
    });

    it("of two environments never begin each other's, even where the environments' names do", () => {
        fc.assert(
            fc.property(label, label, label, label, (platform, environment, suffix, document) => {
                const here = new Names(platform, environment);
                const there = new Names(platform, `${environment}-${suffix}`);
                const prefix = (text: string): string => text.slice(0, text.length - document.length);
                assert.ok(!there.document(document).startsWith(prefix(here.document(document))));
                assert.ok(!there.parameter(document).startsWith(prefix(here.parameter(document))));
                assert.ok(!there.secretId(document).startsWith(prefix(here.secretId(document))));
            }),
        );
    });

    it("keep long service account ids apart within 30 characters", () => {
        fc.assert(
            fc.property(label, label, label, (platform, consumer, other) => {
                const names = new Names(`${platform}-platform-of-some-length`, "production");
                const id = names.serviceAccountId(consumer);
                assert.match(id, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
                if (other !== consumer) assert.notEqual(id, names.serviceAccountId(other));
            }),
        );
    });
});

describe("name rules", () => {
    const cases: [(name: string) => string | undefined, string, boolean][] = [
        [labelFault, "db", true],
        [labelFault, "api-keys", true],
        [labelFault, "DB", false],
        [labelFault, "api_keys", false],
        [labelFault, "a--b", false],
        [labelFault, "-db", false],
        [labelFault, "db-", false],
        [labelFault, "db/../admin", false],
        [labelFault, "dаta", false], // the second letter is Cyrillic
        [labelFault, "a".repeat(41), false],
        [labelFault, "", false],
        [documentNameFault, "jwt-secret", false],
        [documentNameFault, "jwt-secrets", true],
        [fieldNameFault, "secret_key", true],
        [fieldNameFault, "secret_key_previous", false],
        [fieldNameFault, "secret key", false],
        [variableNameFault, "S3_REGION", true],
        [variableNameFault, "s3_region", false],
        [variableNameFault, "PATH", false],
        [variableNameFault, "AWS_SECRET_ACCESS_KEY", false],
        [variableNameFault, "KUBERNETES_SERVICE_HOST", false],
    ];
    for (const [rule, name, isFine] of cases) {
        it(`${rule.name} ${isFine ? "accepts" : "refuses"} '${name}'`, () => {
            assert.equal(rule(name) === undefined, isFine);
        });
    }
});

describe("environmentsThatBeginAnother", () => {
    it("finds each pair", () => {
        assert.deepEqual(environmentsThatBeginAnother(["dev", "prod", "prod-eu", "staging"]), [
            ["prod", "prod-eu"],
        ]);
        assert.deepEqual(environmentsThatBeginAnother(["dev", "prod", "staging"]), []);
    });
});
