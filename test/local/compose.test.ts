import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import path from "node:path";
import Ajv from "ajv";
import { parse as parseYaml } from "yaml";
import { composeModel } from "../../local/compose/model";
import { NAME_CHARS_MAX, swarmName, swarmScript } from "../../local/compose/swarm";
import { composeYaml } from "../../local/compose/yaml";
import type { ComposeKind } from "../../local/compose/yaml";
import { settingsIn } from "../../local/environments";
import { catalogue } from "../../stacks/catalogue";
import { ROOT } from "../cli/support";
import { drawn, platformOf, stackOf } from "./support";
import type { Ledger } from "../../components/domain/rotation/stages";

/** The Compose Specification's own schema, as the linter dclint carries it. */
const SCHEMA = path.join(ROOT, "node_modules/dclint/schemas/compose.schema.json");

interface ComposeFile {
    readonly services: Readonly<
        Record<
            string,
            {
                readonly environment?: Readonly<Record<string, string>>;
                readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
            }
        >
    >;
    readonly secrets?: Readonly<Record<string, { readonly file?: string; readonly name?: string }>>;
}

async function modelOf(name: string, environment: string, ledger?: Ledger, withOptional = false) {
    const { own } = await stackOf(name, environment);
    const platform = platformOf(name);
    const settings = settingsIn(own.config, platform);
    return composeModel({ platform, environment, settings, ledger: ledger ?? own.ledger, withOptional });
}

/** Generations of one field. */
const live = (current: number, previous?: number): Ledger[string] => ({
    current: { generation: current, since: "2026-09-15", reason: "initial" },
    ...(previous === undefined ? {} : { previous: { generation: previous, until: "2026-12-01" } }),
});

/** Does not prove: that Docker starts anything from it; there is no engine in the tests. */
describe("a Compose file", () => {
    const schema = JSON.parse(fs.readFileSync(SCHEMA, "utf8")) as Record<string, unknown>;
    delete schema["$schema"]; // written with https, by which ajv does not know it
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

    for (const { name, consumers } of catalogue)
        for (const [kind, environment] of [
            ["files", "dev"],
            ["swarm", "dev"],
            ["swarm", "prod"],
        ] as const) {
            it(`of ${name} is one, for ${kind} in ${environment}`, async () => {
                const model = await modelOf(name, environment, kind === "files" ? {} : undefined);
                const text = composeYaml(model, kind);
                for (const version of ["1.1", "1.2"] as const) {
                    const file = parseYaml(text, { version }) as ComposeFile;
                    assert.ok(validate(file), JSON.stringify(validate.errors));
                    assertAgrees(file, Object.keys(consumers), kind);
                }
                assert.deepEqual(parseYaml(text, { version: "1.1" }), parseYaml(text, { version: "1.2" }));
            });
        }

    it("is refused by the schema when it is wrong, so that the schema says something", () => {
        assert.ok(!validate({ services: { a: { secret: ["x"] } } }));
        assert.ok(!validate({ services: {}, secrets: { a: { path: "x" } } }));
    });

    it("gives a service what its consumer reads, and no more", async () => {
        const text = composeYaml(await modelOf("yosai", "dev", {}), "files");
        const { services, secrets } = parseYaml(text) as ComposeFile;
        assert.deepEqual(services["dashboard"]?.environment, {
            YOSAI_ENV: "development",
            SECRET_BACKEND: "env",
            SECRET_KEY_FILE: "/run/secrets/secret_key",
            FERNET_KEY_FILE: "/run/secrets/fernet_key",
            DB_PASSWORD_FILE: "/run/secrets/db_password",
            AUTH0_CLIENT_ID_FILE: "/run/secrets/auth0_client_id",
            AUTH0_CLIENT_SECRET_FILE: "/run/secrets/auth0_client_secret",
            AUTH0_DOMAIN_FILE: "/run/secrets/auth0_domain",
            AUTH0_AUDIENCE_FILE: "/run/secrets/auth0_audience",
        });
        assert.deepEqual(secrets?.["db_password"], { file: "./secrets/db_password.txt" });
        const devplatform = parseYaml(
            composeYaml(await modelOf("devplatform", "dev", {}), "files"),
        ) as ComposeFile;
        assert.deepEqual(devplatform.services["postgres"]?.secrets, ["postgres_password"]);
    });

    it("says which services may not read files, and what is left out", async () => {
        const text = composeYaml(await modelOf("devplatform", "dev", {}), "files");
        assert.match(text, /# It takes variables: .*\n {2}backend:/);
        assert.doesNotMatch(text, /# It takes variables: .*\n {2}(?:postgres|minio|frontend):/);
        assert.match(text, /Left out, since it is optional \(--optional\): SENTRY_DSN, SENTRY_DSN_FRONTEND/);
        assert.ok(!("sentry_dsn" in (parseYaml(text) as ComposeFile).secrets!));
        const all = parseYaml(
            composeYaml(await modelOf("devplatform", "dev", {}, true), "files"),
        ) as ComposeFile;
        assert.ok("sentry_dsn" in all.secrets!);
    });

    it("keeps what Compose would replace", async () => {
        const { own } = await stackOf("devplatform");
        const platform = platformOf("devplatform");
        const settings = { ...settingsIn(own.config, platform), s3_bucket_name: "a$b${c}", s3_region: "on" };
        const model = composeModel({
            platform,
            environment: "dev",
            settings,
            ledger: {},
            withOptional: false,
        });
        const text = composeYaml(model, "files");
        assert.match(text, /S3_BUCKET_NAME: "a\$\$b\$\$\{c\}"/);
        assert.match(text, /S3_REGION: "on"/);
    });
});

function assertAgrees(file: ComposeFile, consumers: readonly string[], kind: ComposeKind): void {
    assert.deepEqual(Object.keys(file.services), consumers);
    const granted = Object.values(file.services).flatMap(({ environment = {}, secrets = [] }) => {
        const names = secrets.map((each) => (typeof each === "string" ? each : each.source));
        for (const each of secrets) if (typeof each !== "string") assert.equal(each.target, each.source);
        const files = Object.entries(environment).flatMap(([variable, value]) =>
            variable.endsWith("_FILE") ? [[variable, value]] : [],
        );
        assert.deepEqual(
            files,
            names.map((name) => [`${name.toUpperCase()}_FILE`, `/run/secrets/${name}`]),
        );
        return names;
    });
    assert.deepEqual([...new Set(granted)].sort(), Object.keys(file.secrets ?? {}).sort());
    for (const source of Object.values(file.secrets ?? {}))
        assert.equal(source.file === undefined, kind === "swarm");
}

describe("the secrets of a Swarm", () => {
    it("have the generation in their names, and the previous value the name that it had", async () => {
        const id = "devplatform/jwt.secret_key";
        const named = async (ledger: Ledger): Promise<Record<string, string>> => {
            const model = await modelOf("devplatform", "prod", ledger);
            return Object.fromEntries(
                [...model.secrets.values()].map((each) => [each.name, swarmName(model, each)]),
            );
        };
        const before = await named({ [id]: live(2) });
        const after = await named({ [id]: live(3, 2) });
        assert.equal(after["jwt_secret_key"], "devplatform_prod_jwt_secret_key_g3");
        assert.equal(after["jwt_secret_key_previous"], before["jwt_secret_key"]);
        const rotated = ["jwt_secret_key", "jwt_secret_key_previous"];
        for (const [name, swarm] of Object.entries(after))
            if (!rotated.includes(name)) assert.equal(swarm, before[name]);
    });

    it("have another name when a part of them rotates", async () => {
        const model = await modelOf("devplatform", "prod", { "devplatform/db.password": live(4) });
        const name = (secret: string): string => swarmName(model, model.secrets.get(secret)!);
        assert.equal(name("database_url"), "devplatform_prod_database_url_g4");
        assert.equal(name("postgres_password"), "devplatform_prod_postgres_password_g4");
        assert.equal(name("redis_url"), "devplatform_prod_redis_url_g1");
    });

    it("have names that Docker takes, none of them twice", async () => {
        const names: string[] = [];
        for (const { name } of catalogue)
            for (const environment of ["dev", "prod"]) {
                const model = await modelOf(name, environment, undefined, true);
                names.push(...[...model.secrets.values()].map((each) => swarmName(model, each)));
            }
        for (const name of names)
            assert.match(name, new RegExp(`^[a-zA-Z0-9-_.]{1,${String(NAME_CHARS_MAX)}}$`));
        assert.equal(new Set(names).size, names.length);
    });
});

describe("the script that creates them", () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-swarm-"));
    after(() => {
        fs.rmSync(directory, { recursive: true });
    });
    const value = drawn("a value of the store").toString("hex");

    /** Runs it with a Docker that keeps what it is told: arguments, and each secret. */
    async function run(read: (name: string) => string | undefined) {
        const bin = path.join(directory, "bin");
        fs.mkdirSync(bin, { recursive: true });
        const docker = `#!/bin/bash
printf '%s\\n' "$*" >> "$STATE/arguments"
[ "$2" = create ] && { cat > "$STATE/secret-$3"; exit 0; }
[ -e "$STATE/secret-$3" ]
`;
        fs.writeFileSync(path.join(bin, "docker"), docker, { mode: 0o755 });
        const state = fs.mkdtempSync(path.join(directory, "state-"));
        const model = await modelOf("yosai", "prod");
        const script = swarmScript(model, ({ name }) => read(name));
        const again = (): ReturnType<typeof spawnSync> =>
            spawnSync("bash", ["-c", script], {
                cwd: state,
                encoding: "utf8",
                env: { PATH: `${bin}:${process.env["PATH"] ?? ""}`, STATE: state, VALUE: value },
            });
        const first = again();
        return {
            first,
            again,
            state,
            names: [...model.secrets.values()].map((each) => swarmName(model, each)),
        };
    }
    const createdIn = (state: string): string[] =>
        fs.readdirSync(state).flatMap((name) => (name.startsWith("secret-") ? [name.slice(7)] : []));

    it("creates each once, with its value and no more, and says no value", async () => {
        const { first, again, state, names } = await run(() => 'printf "%s\\n" "$VALUE"');
        assert.equal(first.status, 0, String(first.stderr));
        assert.deepEqual(createdIn(state).sort(), [...names].sort());
        for (const name of names)
            assert.equal(fs.readFileSync(path.join(state, `secret-${name}`), "utf8"), value);
        const told = `${String(first.stdout)}${String(first.stderr)}${fs.readFileSync(path.join(state, "arguments"), "utf8")}`;
        assert.ok(!told.includes(value));
        assert.equal(again().stdout, "");
    });

    for (const [what, command] of [
        ["nothing", "true"],
        ["null, as jq says of a field that there is not", "printf null"],
        ["a failure", "false"],
    ] as const)
        it(`creates none of ${what}, and stops`, async () => {
            const { first, state } = await run(() => command);
            assert.notEqual(first.status, 0);
            assert.deepEqual(createdIn(state), []);
        });

    it("reads a file where no store has the value", async () => {
        const { first, state } = await run(() => undefined);
        assert.notEqual(first.status, 0);
        assert.match(String(first.stderr), /secrets\/secret_key\.txt/);
        assert.deepEqual(createdIn(state), []);
    });
});

describe("export-secrets", () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-entrypoint-"));
    after(() => {
        fs.rmSync(directory, { recursive: true });
    });
    // A test has no business in /run/secrets.
    const script = fs
        .readFileSync(path.join(ROOT, "local/export-secrets"), "utf8")
        .replaceAll("/run/secrets", directory);

    const run = (env: Readonly<Record<string, string>>) =>
        spawnSync("sh", ["-c", script, "export-secrets", "env"], {
            encoding: "utf8",
            env: { PATH: process.env["PATH"] ?? "", ...env },
        });

    it("exports what files hold, takes their names away, and becomes the command", () => {
        fs.writeFileSync(path.join(directory, "a"), "two words 'and' $quotes\n");
        const { stdout, status } = run({
            A_FILE: path.join(directory, "a"),
            B_FILE: "/elsewhere",
            C: "x\nD_FILE=y",
        });
        assert.equal(status, 0);
        const lines = stdout.split("\n");
        assert.ok(lines.includes("A=two words 'and' $quotes"));
        assert.ok(lines.includes("B_FILE=/elsewhere"));
        assert.ok(!stdout.includes("A_FILE"));
    });

    it("stops where a file is not there", () => {
        const { stdout, stderr, status } = run({ A_FILE: path.join(directory, "none") });
        assert.equal(`${String(status)} ${stdout}${stderr}`, "1 A_FILE names a file that can't be read\n");
    });
});
