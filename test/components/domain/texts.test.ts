import assert from "node:assert/strict";
import fc from "fast-check";
import { Duration } from "../../../components/domain/duration";
import { formatProblems, nearest, suggest } from "../../../components/domain/problems";
import { formatReference, parseReference, SCHEMES } from "../../../components/domain/references";
import { looksLikeSecret } from "../../../components/domain/secret-shapes";
import { fillTemplate, parseTemplate } from "../../../components/domain/template";
import { valueFault } from "../../../components/domain/value-faults";

describe("a duration", () => {
    it("is read as people write it", () => {
        assert.equal(Duration.parse("90 days").wholeDays, 90);
        assert.equal(Duration.parse("1 hour").minutes, 60);
        assert.equal(Duration.parse("25 hours").toString(), "1 day 1 hour");
        assert.equal(Duration.parse("25 hours").wholeDays, 2);
    });
    it("is read as Go writes it", () => {
        assert.equal(Duration.parseGo("1h30m").minutes, 90);
        assert.equal(Duration.parseGo("45s").minutes, 1);
        for (const text of ["", "never", "1 day", "60", "-1h"])
            assert.throws(() => Duration.parseGo(text), RangeError);
    });
    for (const text of [
        "90",
        "90days",
        "-1 days",
        "0 days",
        "1.5 days",
        "90 days ",
        "NaN days",
        "1e9 days",
        "never",
    ]) {
        it(`is not '${text}'`, () => {
            assert.throws(() => Duration.parse(text), RangeError);
            assert.equal(Duration.isValid(text), false);
        });
    }
});

describe("a reference", () => {
    it("comes back from its text", () => {
        const segment = fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}$/).filter((text) => text !== "data");
        fc.assert(
            fc.property(
                fc.constantFrom(...SCHEMES),
                fc.array(segment, { minLength: 1 }),
                segment,
                (scheme, path, field) => {
                    const joined = scheme === "vault" ? `secret/data/${path.join("/")}` : path.join("/");
                    const reference = { scheme, path: joined, field };
                    assert.deepEqual(parseReference(formatReference(reference)), reference);
                },
            ),
        );
    });
    it("may leave the field out where the entry is the value", () => {
        assert.deepEqual(parseReference("aws-secrets:prod/db_password"), {
            scheme: "aws-secrets",
            path: "prod/db_password",
        });
    });
    const wrong: [string, RegExp][] = [
        ["vault:secret/data/db", /names a field/],
        ["vault:secret/db#password", /'data' once/],
        ["vault:secret/data/data/db#password", /'data' once/],
        ["vault:secret/data/db#a#b", /at most one '#'/],
        ["vault:secret/data/db#", /field follows/],
        ["aws-secrets:", /names a path/],
        ["aws-secrets:../other#x", /no space/],
        ["s3:bucket/key", /begins with one of/],
        ["secret/data/db#password", /begins with one of/],
    ];
    for (const [text, message] of wrong) {
        it(`is not '${text}'`, () => {
            assert.throws(() => parseReference(text), message);
        });
    }
});

describe("a template", () => {
    it("gives its parts, and its text when filled", () => {
        const parts = parseTemplate("pg://{username}:{other.password}@{config.host}/x", "db");
        assert.deepEqual(parts, [
            { text: "pg://" },
            { document: "db", field: "username" },
            { text: ":" },
            { document: "other", field: "password" },
            { text: "@" },
            { config: "host" },
            { text: "/x" },
        ]);
        const filled = fillTemplate(parts, (part) =>
            "config" in part ? part.config : `${part.document}-${part.field}`,
        );
        assert.equal(filled, "pg://db-username:other-password@host/x");
    });
    for (const text of ["{", "}", "a{b", "{}", "{a.b.c}", "{A}", "{{a}}", "{a b}"]) {
        it(`is not '${text}'`, () => {
            assert.throws(() => parseTemplate(text, "db"), SyntaxError);
        });
    }
});

describe("suggestions", () => {
    it("name what was probably meant", () => {
        assert.equal(nearest("vualt", ["vault", "aws"]), "vault");
        assert.equal(suggest("Vault", ["vault", "aws"]), "Did you mean 'vault'?");
    });
    it("name the choices when nothing is near", () => {
        assert.equal(suggest("oracle", ["vault", "aws"]), "Choose one of 'vault', 'aws'");
        assert.equal(suggest("x", []), "There is none to choose from");
    });
});

describe("formatProblems", () => {
    it("tells all mistakes, each with its place and the next step", () => {
        const text = formatProblems("The stack 'prod'", [
            { place: "a.yaml:3", message: "it is wrong", fix: "Make it right" },
            { place: "b", message: "it is missing" },
        ]);
        assert.equal(
            text,
            "The stack 'prod' has 2 mistakes:\n  a.yaml:3: it is wrong.\n      Make it right.\n  b: it is missing.",
        );
    });
});

describe("looksLikeSecret", () => {
    // Made up, in the shapes that issuers publish.
    const secrets = [
        "AKIAQWERTYUIOPASDFGH",
        "sk-ant-api03-abcdefghijklmnopqrstuvwx",
        `ghp_${"a1B2".repeat(9)}`,
        "xoxb-123456789012-abcdefghij",
        "-----BEGIN RSA PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl",
        "postgres://app:hunter2hunter2@db:5432/app",
        "9f86d081884c7d659a2feaa0c55ad015",
        "kJ8s2LmQ9xVb4Tz7WcYp1RdF6",
    ];
    const plain = [
        "us-east-1",
        "https://vault.prod.example.com:8200",
        "oidc.eks.us-east-1.amazonaws.com/id/D539D4633E53DE1B71EXAMPLEPROD000",
        "arn:aws:iam::210987654321:role/devplatform-prod-backend",
        "dev-platform-uploads",
        "210987654321",
        "postgresql+asyncpg://{username}:{password}@{config.postgres_host}:5432/devplatform",
        "eks-production-cluster-with-a-long-name",
        "",
    ];
    for (const text of secrets)
        it(`is true of '${text.slice(0, 12)}…'`, () => {
            assert.equal(looksLikeSecret(text), true);
        });
    for (const text of plain)
        it(`is false of '${text}'`, () => {
            assert.equal(looksLikeSecret(text), false);
        });
});

describe("valueFault", () => {
    const faulty = [
        "",
        "changeme",
        "CHANGE_ME",
        "xxx",
        "example-key",
        "<token>",
        "TODO",
        "your-key-here",
        "${X}",
    ];
    faulty.push("password1", "123456789", "aaaaaaaaaaaa", " padded", "padded\n", '"quoted"', "s.xxxxxx");
    for (const value of faulty) {
        it(`refuses ${JSON.stringify(value)} without quoting it`, () => {
            const fault = valueFault(value) ?? assert.fail("it was accepted");
            if (value.length > 4) assert.ok(!fault.includes(value));
        });
    }
    it("accepts what an issuer gives out", () => {
        assert.equal(valueFault("pk.made-up-token-0a1b2c3d4e"), undefined);
        assert.equal(valueFault("https://deployment.convex.cloud"), undefined);
    });
});
