import assert from "node:assert/strict";
import { settingsOf } from "../../stacks/config/settings";
import { estuary } from "../../stacks/catalogue/estuary";
import { problemsOf, sound } from "../support/stack-config";

const platform = (change: object) => ({
    platforms: { estuary: { ...(sound["platforms"] as { estuary: object }).estuary, ...change } },
});

describe("the configuration of a stack", () => {
    it("is accepted when it is sound", () => {
        assert.deepEqual(problemsOf({}), []);
    });

    const cases: [string, Record<string, unknown>, string, RegExp, RegExp?][] = [
        [
            "a typo in a key",
            { enviroment: "prod" },
            "strongroom:enviroment",
            /no such/,
            /Did you mean 'environment'/,
        ],
        [
            "a typo below a key",
            { aws: { accountId: "210987654321", region: "us-east-1", replicaRegoin: "us-west-2" } },
            "strongroom:aws.replicaRegoin",
            /no such key/,
            /Did you mean 'replicaRegion'/,
        ],
        ["a missing key", { ledger: undefined }, "strongroom:ledger", /missing/],
        [
            "an account id that lost its digits",
            { aws: { accountId: 210987654321, region: "us-east-1" } },
            "strongroom:aws.accountId",
            /twelve digits/,
        ],
        [
            "an account id that is too short",
            { aws: { accountId: "2109", region: "us-east-1" } },
            "strongroom:aws.accountId",
            /twelve digits/,
        ],
        [
            "a region that is none",
            { aws: { accountId: "210987654321", region: "virginia" } },
            "strongroom:aws.region",
            /region such as/,
        ],
        [
            "a recovery window that AWS refuses",
            { aws: { accountId: "210987654321", region: "us-east-1", recoveryWindowDays: 3 } },
            "strongroom:aws.recoveryWindowDays",
            /0, or 7 to 30/,
        ],
        [
            "a project number for a project id",
            { gcp: { project: "109876543210", projectNumber: "109876543210", location: "us-central1" } },
            "strongroom:gcp.project",
            /project id \(not a number\)/,
        ],
        [
            "Vault without TLS",
            { vault: { address: "http://vault", mount: "secret" } },
            "strongroom:vault.address",
            /https/,
        ],
        [
            "fewer versions in Vault than an overlap needs",
            { vault: { address: "https://vault", mount: "secret", maxVersions: 1 } },
            "strongroom:vault.maxVersions",
            /3 or more/,
        ],
        [
            "an unknown store",
            platform({ secrets: "vualt" }),
            "strongroom:platforms.estuary.secrets",
            /must be one of .*vault/,
        ],
        [
            "a version of the migration's API that there is not",
            { etcd: { store: "vault", migration: "storagemigration.k8s.io/v2" } },
            "strongroom:etcd.migration",
            /must be none or one of storagemigration\.k8s\.io\/v1, /,
        ],
        [
            "a store that is not set up",
            platform({ secrets: "vault" }),
            "strongroom:platforms.estuary.secrets",
            /not set up in this environment/,
            /Add 'strongroom:vault'/,
        ],
        [
            "GCP Secret Manager read from another cloud's cluster",
            platform({ secrets: "gcp-secret-manager" }),
            "strongroom:platforms.estuary.cluster",
            /can't read GCP Secret Manager/,
        ],
        [
            "a cluster that is not there",
            platform({ cluster: "ekss" }),
            "strongroom:platforms.estuary.cluster",
            /no cluster 'ekss'/,
            /Did you mean 'eks'/,
        ],
        [
            "a platform that is not in the catalogue",
            { platforms: { estuari: { cluster: "eks", secrets: "kubernetes", config: "kubernetes" } } },
            "strongroom:platforms.estuari",
            /no platform of this name/,
            /Did you mean 'estuary'/,
        ],
        [
            "a setting that the platform does not have",
            platform({ settings: { app_profile: "production", prot: 3000 } }),
            "strongroom:platforms.estuary.settings.prot",
            /no such configuration value/,
            /Did you mean 'port'/,
        ],
        [
            "a setting that is a secret",
            platform({ settings: { app_profile: "AKIAQWERTYUIOPASDFGH" } }),
            "strongroom:platforms.estuary.settings.app_profile",
            /looks like a secret/,
        ],
        [
            "a required setting that is missing",
            platform({ settings: {} }),
            "strongroom:platforms.estuary.settings.app_profile",
            /missing: development, staging or production/,
        ],
        [
            "an environment whose name begins another's",
            { environments: ["dev", "prod", "prod-eu"] },
            "strongroom:environments",
            /'prod-eu' begins with 'prod'/,
            /'eu-prod'/,
        ],
        [
            "an unknown environment",
            { environments: ["dev"] },
            "strongroom:environment",
            /'prod' is not among/,
        ],
        [
            "a refresh interval that never comes",
            { refreshInterval: "never" },
            "strongroom:refreshInterval",
            /duration/,
        ],
        [
            "a refresh interval without unit",
            { refreshInterval: "60" },
            "strongroom:refreshInterval",
            /duration/,
        ],
        [
            "a refresh interval of nothing",
            { refreshInterval: "0s" },
            "strongroom:refreshInterval",
            /duration/,
        ],
        [
            "a value of an unknown field",
            { values: { "estuary/convex.ulr": "https://x.convex.cloud" } },
            'strongroom:values["estuary/convex.ulr"]',
            /no such field/,
            /Did you mean 'estuary\/convex.url'/,
        ],
        [
            "a value of a drawn field",
            { values: { "estuary/jwt.secret": "made-up-by-hand" } },
            'strongroom:values["estuary/jwt.secret"]',
            /generated, and only external ones are set/,
        ],
        [
            "an unknown field set out of band",
            { outOfBand: ["estuary/convex.ulr"] },
            "strongroom:outOfBand[0]",
            /no field 'estuary\/convex.ulr'/,
            /Did you mean 'estuary\/convex.url'/,
        ],
        [
            "a field out of band beside a drawn one",
            { outOfBand: ["devplatform/s3.access_key"] },
            "strongroom:outOfBand[0]",
            /'minio_root_user' of the same document is generated/,
        ],
        [
            "a placeholder",
            { values: { "estuary/convex.url": "changeme" } },
            'strongroom:values["estuary/convex.url"]',
            /placeholder/,
        ],
    ];
    for (const [title, change, place, message, fix] of cases) {
        it(`refuses ${title}`, () => {
            const [problem, ...others] = problemsOf(change).filter((found) => message.test(found.message));
            assert.deepEqual(others, []);
            assert.equal(problem?.place, place);
            if (fix !== undefined) assert.match(problem.fix ?? "", fix);
        });
    }

    it("refuses values that are not encrypted", () => {
        const [problem] = problemsOf({ values: { "estuary/convex.url": "https://x.convex.cloud" } }, []);
        assert.match(problem?.message ?? "", /not encrypted/);
        assert.match(problem?.fix ?? "", /pulumi config set --secret/);
    });

    it("belongs to the stack of its environment, or to a part of it", () => {
        assert.match(
            problemsOf({}, [], "dev")[0]!.message,
            /stack 'dev' is configured as the environment 'prod'/,
        );
        assert.match(problemsOf({}, [], "prod-eu")[0]!.message, /stack 'prod-eu'/);
        assert.deepEqual(problemsOf({}, [], "prod.estuary"), []);
    });

    it("tells all mistakes at once", () => {
        const change = { enviroment: "prod", ledger: undefined, refreshInterval: "60", aws: { region: "x" } };
        assert.equal(problemsOf(change).length, 5);
    });

    it("never quotes a value that was set", () => {
        const canary = "changeme-canary-0f3a";
        const text = JSON.stringify(
            problemsOf({ values: { "estuary/convex.url": canary, "x/y.z": canary } }, []),
        );
        assert.ok(!text.includes(canary));
    });
});

describe("settingsOf", () => {
    it("takes the environment's value before the default, as text", () => {
        const settings = settingsOf(estuary, { port: 8080, auth_enabled: true });
        assert.equal(settings["port"], "8080");
        assert.equal(settings["auth_enabled"], "true");
        assert.equal(settings["database_type"], "memory");
        assert.equal(settings["app_profile"], undefined);
    });
});

describe("a configuration with several mistakes", () => {
    const places = (change: Record<string, unknown>) => problemsOf(change).map(({ place }) => place);

    it("is told each unknown key of an object", () => {
        const aws = { accountId: "210987654321", region: "us-east-1", regoin: "x", acount: "y" };
        assert.deepEqual(places({ aws }), ["strongroom:aws.regoin", "strongroom:aws.acount"]);
    });

    it("is told what its sound part has wrong, beside the platforms that are wrong themselves", () => {
        const { platforms } = platform({ settings: { app_profil: "production" } });
        const shop = { cluster: "eks", secrets: "valut", config: "kubernetes" };
        const found = places({ platforms: { ...platforms, yosai: shop }, outOfBand: ["estuary/no.such"] });
        for (const place of [
            "strongroom:platforms.yosai.secrets",
            "strongroom:platforms.estuary.settings.app_profil",
            "strongroom:outOfBand[0]",
        ])
            assert.ok(found.includes(place), `${place} is not among ${found.join(", ")}`);
    });
});
