import assert from "node:assert/strict";
import { checked, drawn, filledExample, told } from "./support";
import type { CheckedAs } from "./support";

/** The filled example with some lines replaced, by variable; an undefined one is taken out. */
async function changed(
    platform: string,
    changes: Readonly<Record<string, string | undefined>>,
    environment?: string,
): Promise<string> {
    const lines = (await filledExample(platform, environment)).trimEnd().split("\n");
    const kept = lines.filter((line) => {
        const name = line.split("=")[0] ?? "";
        return !/^[A-Z]/.test(line) || !(name in changes);
    });
    const set = Object.entries(changes).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${value}`],
    );
    return [...set, ...kept, ""].join("\n");
}

interface Case {
    readonly title: string;
    readonly platform: string;
    /** Put first, so that each has the line of its place. */
    readonly set: Readonly<Record<string, string | undefined>>;
    /** In dev, then in prod, where something real is at stake. */
    readonly dev: readonly string[];
    readonly prod: readonly string[];
    readonly as?: CheckedAs;
}

const both = (...faults: readonly string[]) => ({ dev: faults, prod: faults });
const fileIs = (file: NonNullable<CheckedAs["files"]>[string]): CheckedAs => ({ files: { "/f": file } });

const HEX = drawn("a case").toString("hex");

const CASES: readonly Case[] = [
    {
        title: "nothing wrong",
        platform: "devplatform",
        set: {},
        ...both(),
    },
    {
        title: "a required variable missing",
        platform: "devplatform",
        set: { JWT_SECRET_KEY: undefined },
        ...both("error - JWT_SECRET_KEY missing"),
    },
    {
        title: "an empty one",
        platform: "devplatform",
        set: { JWT_SECRET_KEY: "" },
        ...both("error 1 JWT_SECRET_KEY missing"),
    },
    {
        title: "an optional one missing",
        platform: "devplatform",
        set: { S3_REGION: undefined },
        ...both(),
    },
    ...[
        "change-me",
        "changeme",
        "your-secret-key-here",
        "xxx",
        "'<key>'",
        "example",
        "TODO",
        "GENERATED_HEX_KEY",
        "'jwt...'",
    ].map((value) => ({
        title: `the placeholder ${value}`,
        platform: "devplatform",
        set: { JWT_SECRET_KEY: value },
        ...both("error 1 JWT_SECRET_KEY placeholder"),
    })),
    {
        title: "a placeholder behind what an issuer's tokens begin with",
        platform: "devplatform",
        set: { ANTHROPIC_API_KEY: "sk-ant-xxxxxx", MAPBOX_ACCESS_TOKEN: "pk.your-token" },
        ...both("error 1 ANTHROPIC_API_KEY placeholder", "error 2 MAPBOX_ACCESS_TOKEN placeholder"),
    },
    {
        title: "a placeholder in an address",
        platform: "estuary",
        set: { DATABASE_TYPE: "convex", CONVEX_DEPLOYMENT_URL: "https://your-deployment.convex.cloud" },
        ...both("error 2 CONVEX_DEPLOYMENT_URL placeholder"),
    },
    {
        title: "credentials of development set-ups",
        platform: "devplatform",
        set: {
            POSTGRES_PASSWORD: "devpassword",
            DATABASE_URL: "postgresql+asyncpg://devuser:devpassword@postgres:5432/devplatform",
            DATABASE_URL_SYNC: "postgresql://devuser:devpassword@postgres:5432/devplatform",
            MINIO_ROOT_USER: "minioadmin",
            MINIO_ROOT_PASSWORD: "minioadmin",
            S3_ACCESS_KEY: "minioadmin",
        },
        dev: [
            "warning 1 POSTGRES_PASSWORD known default",
            "warning 4 MINIO_ROOT_USER known default",
            "warning 5 MINIO_ROOT_PASSWORD known default",
            "warning 6 S3_ACCESS_KEY known default",
        ],
        prod: [
            "error 1 POSTGRES_PASSWORD known default",
            "warning 2 DATABASE_URL differs",
            "warning 3 DATABASE_URL_SYNC differs",
            "error 4 MINIO_ROOT_USER known default",
            "error 5 MINIO_ROOT_PASSWORD known default",
            "error 6 S3_ACCESS_KEY known default",
        ],
    },
    {
        title: "the token of a Vault server in development",
        platform: "yosai",
        set: { VAULT_TOKEN: "root" },
        dev: ["warning 1 VAULT_TOKEN known default"],
        prod: ["error 1 VAULT_TOKEN known default"],
    },
    {
        title: "a short password",
        platform: "yosai",
        set: { DB_PASSWORD: "Tr0ub4dor" },
        dev: ["warning 1 DB_PASSWORD weak"],
        prod: ["error 1 DB_PASSWORD weak"],
    },
    {
        title: "values that are not of their form",
        platform: "yosai",
        set: {
            SECRET_KEY: HEX.slice(1),
            FERNET_KEY: HEX,
            YOSAI_ENV: "prd",
            SECRET_BACKEND: "vualt",
            AUTH0_DOMAIN: "https://a.b",
        },
        ...both(
            "error 1 SECRET_KEY malformed",
            "error 2 FERNET_KEY malformed",
            "error 3 YOSAI_ENV malformed",
            "error 4 SECRET_BACKEND malformed",
            "error 5 AUTH0_DOMAIN malformed",
        ),
    },
    {
        title: "a key that is no hexadecimal, and one that is no base64",
        platform: "gcpplatform",
        set: {
            JWT_SECRET: `${HEX}g`,
            ENCRYPTION_KEY: HEX.slice(0, 63),
            OPENAI_API_KEY: HEX,
            GITHUB_TOKEN: HEX.slice(1),
        },
        ...both(
            "error 1 JWT_SECRET malformed",
            "error 2 ENCRYPTION_KEY malformed",
            "error 3 OPENAI_API_KEY malformed",
            "error 4 GITHUB_TOKEN malformed",
        ),
    },
    {
        title: "configuration that is not of its form",
        platform: "devplatform",
        set: {
            APP_DEBUG: "yes",
            MAX_UPLOAD_SIZE_MB: "5e2",
            PROCESSING_WORKERS: "0",
            S3_ENDPOINT_URL: "minio:9000",
        },
        ...both(
            "error 1 APP_DEBUG malformed",
            "error 2 MAX_UPLOAD_SIZE_MB malformed",
            "error 3 PROCESSING_WORKERS malformed",
            "error 4 S3_ENDPOINT_URL malformed",
        ),
    },
    {
        title: "a port and a DSN",
        platform: "estuary",
        set: { PORT: "65536", RATE_LIMIT_ENABLED: "1" },
        ...both("error 1 PORT malformed", "error 2 RATE_LIMIT_ENABLED malformed"),
    },
    {
        title: "a DSN without a project",
        platform: "devplatform",
        set: { SENTRY_DSN: "https://abc@sentry.io/" },
        ...both("error 1 SENTRY_DSN malformed"),
    },
    {
        title: "spaces and quotes that become a part of a value",
        platform: "devplatform",
        set: { S3_BUCKET_NAME: "' uploads'", S3_REGION: `'"us-east-1"'` },
        ...both("error 1 S3_BUCKET_NAME malformed", "error 2 S3_REGION malformed"),
    },
    {
        title: "a connection string of another kind",
        platform: "devplatform",
        set: { REDIS_URL: "http://redis:6379" },
        ...both("error 1 REDIS_URL malformed"),
    },
    {
        title: "a connection string with another password",
        platform: "devplatform",
        set: { POSTGRES_PASSWORD: HEX },
        dev: ["error 13 DATABASE_URL disagreeing", "error 17 DATABASE_URL_SYNC disagreeing"],
        prod: ["error 13 DATABASE_URL disagreeing", "error 17 DATABASE_URL_SYNC disagreeing"],
    },
    {
        title: "a connection string on somebody's own machine",
        platform: "devplatform",
        set: { REDIS_URL: `redis://:${HEX}@localhost:6380/1` },
        dev: [],
        prod: ["warning 1 REDIS_URL differs"],
    },
    {
        title: "a guessable password in a connection string",
        platform: "devplatform",
        set: { REDIS_URL: "redis://:redis@redis:6379/0" },
        dev: ["warning 1 REDIS_URL known default"],
        prod: ["error 1 REDIS_URL known default", "warning 1 REDIS_URL differs"],
    },
    {
        title: "one value for two secrets",
        platform: "yosai",
        set: { SECRET_KEY: HEX, DB_PASSWORD: HEX },
        dev: ["warning 2 DB_PASSWORD shared"],
        prod: ["error 2 DB_PASSWORD shared"],
    },
    {
        title: "one value for two generations",
        platform: "estuary",
        set: {
            AUTH_ENABLED: "true",
            JWT_SECRET: HEX,
            JWT_SECRET_PREVIOUS: HEX,
            AUTH_JWKS_URLS: "https://id.test.internal/keys",
        },
        dev: ["warning 3 JWT_SECRET_PREVIOUS shared"],
        prod: ["error 3 JWT_SECRET_PREVIOUS shared"],
    },
    {
        title: "a feature that is on without its secrets",
        platform: "estuary",
        set: { AUTH_ENABLED: "true", JWT_SECRET: undefined, AUTH_JWKS_URLS: undefined },
        ...both("error - JWT_SECRET missing", "error - AUTH_JWKS_URLS missing"),
    },
    {
        title: "a backend that is chosen without its address",
        platform: "yosai",
        set: { SECRET_BACKEND: "vault", VAULT_ADDR: undefined },
        ...both("error - VAULT_ADDR missing"),
    },
    {
        title: "settings for development",
        platform: "devplatform",
        set: { APP_ENV: "development", APP_DEBUG: "true", LOG_LEVEL: "DEBUG" },
        dev: [],
        prod: ["error 1 APP_ENV unsafe", "error 2 APP_DEBUG unsafe", "error 3 LOG_LEVEL unsafe"],
    },
    {
        title: "a log level for one module",
        platform: "estuary",
        set: { RUST_LOG: "'info,estuary=debug'" },
        dev: [],
        prod: ["error 1 RUST_LOG unsafe"],
    },
    {
        title: "settings that are left to defaults for development",
        platform: "estuary",
        set: { SECURITY_STRICT_MODE: undefined, AUTH_ENABLED: undefined },
        dev: [],
        prod: ["error - AUTH_ENABLED unsafe", "error - SECURITY_STRICT_MODE unsafe"],
    },
    {
        title: "a setting that the environment has otherwise",
        platform: "devplatform",
        set: { S3_BUCKET_NAME: "elsewhere" },
        dev: [],
        prod: ["warning 1 S3_BUCKET_NAME differs"],
    },
    {
        title: "an address in plain text",
        platform: "devplatform",
        set: { ALLOWED_ORIGINS: "https://devplatform.test.internal,http://devplatform.test.internal" },
        dev: [],
        prod: ["error 1 ALLOWED_ORIGINS plain", "warning 1 ALLOWED_ORIGINS differs"],
    },
    {
        title: "an unknown variable, without its name",
        platform: "devplatform",
        set: { SOMETHING_ELSE: "1" },
        ...both("warning 1 - unknown"),
    },
    {
        title: "a variable that is misspelt",
        platform: "devplatform",
        set: { JWT_SECRT_KEY: HEX, JWT_SECRET_KEY_FLE: "/f" },
        dev: ["warning 1 - misspelt", "warning 2 - misspelt"],
        prod: ["error 1 - misspelt", "error 2 - misspelt"],
    },
    {
        title: "variables of tools",
        platform: "devplatform",
        set: { AWS_REGION: "us-east-1", COMPOSE_PROJECT_NAME: "a", NODE_ENV: "test" },
        ...both(),
    },
    {
        title: "a value and a file for one variable",
        platform: "yosai",
        set: { SECRET_KEY: HEX, SECRET_KEY_FILE: "/f" },
        ...both("error 2 SECRET_KEY twice"),
        as: fileIs({ is: "text", text: HEX, isOpen: false }),
    },
    {
        title: "a file",
        platform: "yosai",
        set: { SECRET_KEY: undefined, SECRET_KEY_FILE: "/f" },
        ...both(),
        as: fileIs({ is: "text", text: HEX, isOpen: false }),
    },
    {
        title: "a file that another machine has",
        platform: "yosai",
        set: { SECRET_KEY: undefined, SECRET_KEY_FILE: "/f" },
        ...both(),
        as: fileIs({ is: "elsewhere" }),
    },
    ...(["missing", "unreadable", "no file", "too large", "no text"] as const).map((is) => ({
        title: `a file that is ${is}`,
        platform: "yosai",
        set: { SECRET_KEY: undefined, SECRET_KEY_FILE: "/f" },
        ...both("error 1 SECRET_KEY file"),
        as: fileIs({ is }),
    })),
    {
        title: "an empty file",
        platform: "yosai",
        set: { SECRET_KEY: undefined, SECRET_KEY_FILE: "/f" },
        ...both("error 1 SECRET_KEY malformed"),
        as: fileIs({ is: "text", text: "", isOpen: false }),
    },
    {
        title: "a file that everybody may read, with a line break at its end",
        platform: "yosai",
        set: { SECRET_KEY: undefined, SECRET_KEY_FILE: "/f" },
        dev: ["warning 1 SECRET_KEY open", "warning 1 SECRET_KEY disputed"],
        prod: ["error 1 SECRET_KEY open", "error 1 SECRET_KEY disputed"],
        as: fileIs({ is: "text", text: `${HEX}\n`, isOpen: true }),
    },
    {
        title: "a file with a placeholder",
        platform: "yosai",
        set: { SECRET_KEY: undefined, SECRET_KEY_FILE: "/f" },
        ...both("error 1 SECRET_KEY placeholder"),
        as: fileIs({ is: "text", text: "change-me", isOpen: false }),
    },
    {
        title: "a file that everybody on the machine may read",
        platform: "yosai",
        set: {},
        dev: [],
        prod: ["error - - open itself"],
        as: { isOpen: true },
    },
    {
        title: "variables of the process that are nobody's",
        platform: "yosai",
        set: { SOMETHING_ELSE: "1", SECRET_KEYS: "1" },
        ...both(),
        as: { isProcess: true },
    },
];

/** Does not prove: that these are all mistakes that people make. */
describe("a check of variables", () => {
    for (const { title, platform, set, dev, prod, as = {} } of CASES) {
        for (const [environment, faults] of Object.entries({ dev, prod })) {
            it(`tells ${title}, for ${platform} in ${environment}`, async () => {
                const text = await changed(platform, set, environment);
                assert.deepEqual(told(await checked(platform, text, { ...as, environment })), faults);
            });
        }
    }

    it("tells values of a protected environment elsewhere, by host and by a vendor's mark", async () => {
        const set = {
            S3_ENDPOINT_URL: "https://devplatform-minio.prod.example.com",
            S3_ACCESS_KEY: "sk_live_4242",
            ALLOWED_ORIGINS: "https://not-devplatform.example.com",
        };
        const faults = told(await checked("devplatform", await changed("devplatform", set)));
        assert.deepEqual(faults, [
            "error 1 S3_ENDPOINT_URL foreign",
            "error 2 S3_ACCESS_KEY malformed",
            "error 2 S3_ACCESS_KEY foreign",
        ]);
    });

    it("tells where a variable was set before", async () => {
        const { faults } = await checked("yosai", `YOSAI_ENV=staging\n${await filledExample("yosai")}`);
        assert.equal(faults.length, 1);
        assert.match(faults[0]!.message, /what line 1 has set/);
        assert.equal(faults[0]!.kind, "duplicate");
    });

    it("gives the next step: a command, a page, or a name", async () => {
        const text = await changed("devplatform", {
            JWT_SECRET_KEY: "",
            ANTHROPIC_API_KEY: "x",
            S3_REGIO: "a",
        });
        const fixes = (await checked("devplatform", text)).faults.map(({ fix }) => fix);
        assert.deepEqual(fixes, [
            "Draw one: openssl rand -hex 32",
            "Anthropic console issues it: https://console.anthropic.com/settings/keys",
            "Did you mean 'S3_REGION'?",
        ]);
    });

    it("counts what is given, and names what it could not look at", async () => {
        const as: CheckedAs = { files: { "/f": { is: "elsewhere" } } };
        const text = await changed("yosai", { SECRET_KEY: undefined, SECRET_KEY_FILE: "/f" });
        const { unseen, given } = await checked("yosai", text, as);
        assert.deepEqual(unseen, ["SECRET_KEY"]);
        assert.equal(given, 9);
    });
});
