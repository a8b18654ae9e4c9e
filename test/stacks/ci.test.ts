import assert from "node:assert/strict";
import { checkKeyUse } from "../../stacks/config/key-use";
import { Problems } from "../../components/domain/problems";
import type { Catalogue, Consumer } from "../../components/domain/catalogue";
import { catalogue } from "../../stacks/catalogue";
import type { StackConfig } from "../../stacks/config/schema";
import { problemsOf, sound } from "../support/stack-config";

const DEPLOYER = "arn:aws:iam::210987654321:role/deployer";
const aws = { accountId: "210987654321", region: "us-east-1", deployerRoleArn: DEPLOYER };
const github = { repository: "example-org/strongroom" };
const told = (change: Record<string, unknown>): string[] =>
    problemsOf(change).map(({ place, message, fix }) => `${place}: ${message}. ${fix ?? ""}`);
const eks = (operator: unknown) => ({
    eks: { context: "eks", distribution: "eks", oidcIssuer: "oidc.example.com/id/1", operator },
});

describe("the pipelines in the configuration", () => {
    it("are none, or one of GitHub or GitLab with defaults", () => {
        assert.deepEqual(told({}), []);
        assert.deepEqual(told({ aws, ci: { github } }), []);
        assert.deepEqual(told({ aws, ci: { gitlab: { project: "example-org/infra/strongroom" } } }), []);
        assert.deepEqual(told({ aws: undefined, ci: { github } }), []);
    });

    const wrong: readonly (readonly [what: string, ci: unknown, text: RegExp])[] = [
        ["none at all", {}, /^strongroom:ci: it names no pipeline\. Add 'github'/],
        [
            "a pattern for a repository",
            { github: { repository: "example-org/*" } },
            /github\.repository: must be/,
        ],
        [
            "a repository without its owner",
            { github: { repository: "strongroom" } },
            /github\.repository: must be/,
        ],
        [
            "a subject that a colon makes longer",
            { github: { ...github, environment: "prod:ref" } },
            /github\.environment: must be/,
        ],
        ["a pattern for a branch", { github: { ...github, branch: "release/*" } }, /github\.branch: must be/],
        ["a branch with an empty part", { github: { ...github, branch: "a//b" } }, /github\.branch: must be/],
        [
            "another environment's deployments",
            { github: { ...github, environment: "dev" } },
            /github\.environment: runs for the environment 'dev' would deploy 'prod'\. Name one for 'prod' alone/,
        ],
        [
            "a group for a project",
            { gitlab: { project: "example-org" } },
            /gitlab\.project: must be a project/,
        ],
        [
            "a word for the issuer's record",
            { github: { ...github, awsProvider: "declare" } },
            /awsProvider: must be 'declared', or 'existing'.* Did you mean 'declared'\?/,
        ],
        [
            "a key that there is not",
            { github: { ...github, repo: "x/y" } },
            /github\.repo: .*Choose one of 'repository'/,
        ],
        [
            "a topic of another account",
            { github, topicArn: "arn:aws:sns:us-east-1:111122223333:deployments" },
            /topicArn: the topic is not in the environment's account\. Name one of account 210987654321/,
        ],
        ["a topic by its name", { github, topicArn: "deployments" }, /topicArn: must be the ARN/],
    ];
    for (const [what, ci, text] of wrong) {
        it(`are not ${what}`, () => {
            const problems = told({ aws, ci });
            assert.equal(problems.length, 1, problems.join("\n"));
            assert.match(problems[0] ?? "", text);
        });
    }

    it("need those who deploy by hand to be named, in the same account", () => {
        const unnamed = { accountId: aws.accountId, region: aws.region };
        assert.match(
            told({ aws: unnamed, ci: { github } })[0] ?? "",
            /aws\.deployerRoleArn: it is missing: beside the pipeline nobody could write values\. Name the role/,
        );
        assert.match(
            told({ aws: { ...aws, deployerRoleArn: DEPLOYER.replace("210987654321", "111122223333") } })[0] ??
                "",
            /aws\.deployerRoleArn: the role is in another account\. Name a role of the account 210987654321/,
        );
    });

    it("say where a name becomes too long for Google Cloud", () => {
        const environment = "production-of-the-north";
        const gcp = { project: "acme-north", projectNumber: "123456789", location: "us-central1" };
        const change = { environment, environments: ["dev", environment], gcp, aws, ci: { github } };
        const problems = problemsOf(change, ["values"], environment);
        assert.match(problems[0]?.message ?? "", /'strongroom-production-of-the-north-ci' has 37 characters/);
    });
});

describe("the operator in the configuration", () => {
    it("has defaults, and a role of its own where it is named", () => {
        assert.deepEqual(told({ clusters: eks({}) }), []);
        const roleArn = "arn:aws:iam::210987654321:role/external-secrets";
        assert.deepEqual(
            told({ clusters: eks({ namespace: "platform", serviceAccount: "eso", roleArn }) }),
            [],
        );
    });

    const wrong: readonly (readonly [what: string, operator: unknown, change: object, text: RegExp])[] = [
        [
            "a namespace that Kubernetes refuses",
            { namespace: "Platform" },
            {},
            /eks\.operator\.namespace: must be/,
        ],
        [
            "a role by its name",
            { roleArn: "external-secrets" },
            {},
            /eks\.operator\.roleArn: must be the ARN/,
        ],
        [
            "a role of another account",
            { roleArn: "arn:aws:iam::111122223333:role/external-secrets" },
            {},
            /eks\.operator\.roleArn: the role is in another account\. Name a role of the account 210987654321/,
        ],
        [
            "a role where there is no account",
            { roleArn: "arn:aws:iam::111122223333:role/external-secrets" },
            { aws: undefined },
            /eks\.operator\.roleArn: the environment has no AWS account/,
        ],
    ];
    for (const [what, operator, change, text] of wrong) {
        it(`is not ${what}`, () => {
            const problems = told({ ...change, clusters: eks(operator) });
            assert.equal(problems.length, 1, problems.join("\n"));
            assert.match(problems[0] ?? "", text);
        });
    }

    it("with a role needs no issuer of tokens for what is on AWS", () => {
        const platform = { cluster: "eks", secrets: "aws-secrets-manager", config: "aws-parameter-store" };
        const change = (operator: object) => ({
            aws,
            clusters: { eks: { context: "eks", distribution: "eks", operator } },
            platforms: { marketplace: platform },
        });
        const about = (operator: object): string[] =>
            told(change(operator)).filter((text) => text.includes("oidcIssuer"));
        assert.equal(about({ roleArn: "arn:aws:iam::210987654321:role/external-secrets" }).length, 0);
        assert.notEqual(about({}).length, 0);
    });
});

describe("the readers of a key", () => {
    it("are no more than its policy takes", () => {
        const [first] = catalogue.filter(({ name }) => name === "marketplace");
        const [consumer] = Object.values(first?.consumers ?? {});
        assert.ok(first !== undefined && consumer !== undefined);
        const problemsWith = (count: number): Problems => {
            const consumers: Record<string, Consumer> = Object.fromEntries(
                Array.from({ length: count }, (_, at) => [`consumer${String(at)}`, consumer]),
            );
            const many: Catalogue = [{ ...first, consumers }];
            const problems = new Problems();
            const platforms = {
                marketplace: {
                    cluster: "eks",
                    secrets: "aws-secrets-manager",
                    config: "kubernetes",
                    recreated: {},
                    native: {},
                    settings: {},
                },
            };
            checkKeyUse({ ...sound, aws, platforms } as unknown as StackConfig, many, problems);
            return problems;
        };
        assert.ok(problemsWith(400).empty);
        const [problem] = problemsWith(600).all;
        assert.match(
            problem?.message ?? "",
            /names 600 readers and has \d+ characters, and 32768 are allowed/,
        );
        assert.match(problem?.fix ?? "", /^Split the environment into parts/);
    });
});
