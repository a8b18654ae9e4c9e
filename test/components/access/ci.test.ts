import assert from "node:assert/strict";
import type { Rendering } from "../../../preview/rendering";
import { kindAndName, one, renderShop } from "../../support/render-shop";
import type { ShopOptions } from "../../support/render-shop";

/**
 * The identities of pipelines, as declared. What they can reach is asked of the evaluation, in
 * test/preview/access/ci.test.ts. What this does not prove: that the clouds take these tokens, and that what a rotation
 * calls is all that it calls.
 */

const DEPLOYER = "arn:aws:iam::210987654321:role/deployer";
const DEPLOY_ROLE = "arn:aws:iam::210987654321:role/strongroom-prod-ci-deploy";
const AWS = { accountId: "210987654321", region: "us-east-1", deployerRoleArn: DEPLOYER };
const GITHUB = { repository: "example-org/strongroom" };
const ISSUER = "token.actions.githubusercontent.com";

const shop = (secrets: string, ci: object, more: Partial<ShopOptions["environment"]> = {}) =>
    renderShop({ secrets, config: "kubernetes", environment: { aws: AWS, ci, ...more } });

const cached = new Map<string, Promise<Rendering>>();
const shopIn = (secrets: string): Promise<Rendering> => {
    const known = cached.get(secrets) ?? shop(secrets, { github: GITHUB });
    cached.set(secrets, known);
    return known;
};

interface Document {
    readonly Statement: readonly {
        readonly Sid: string;
        readonly Effect: string;
        readonly Action: string | readonly string[];
        readonly Resource?: string | readonly string[];
        readonly Condition?: unknown;
    }[];
}
const documentOf = (rendering: Rendering, resource: string, property = "policy"): Document =>
    JSON.parse(one(rendering, resource).inputs[property] as string) as Document;

const ofCi = ({ resources }: Rendering): string[] =>
    resources
        .map(kindAndName)
        .filter((name) => /-ci\b|_ci_|strongroom-prod-git/.test(name))
        .sort();

describe("the pipelines' identities in AWS", function () {
    this.timeout("1 minute");

    it("are the issuer, a role that looks within a boundary, and a role that deploys by policies of its own", async () => {
        const rendering = await shopIn("aws-secrets-manager");
        assert.deepEqual(rendering.diagnostics, []);
        assert.deepEqual(
            ofCi(rendering).filter(
                (name) => !/AuthBackend|Policy strongroom-prod-ci-(?:deploy|preview)$/.test(name),
            ),
            [
                "OpenIdConnectProvider strongroom-prod-github",
                "Policy strongroom-prod-ci-deploy-1",
                "Policy strongroom-prod-ci-deploy-key",
                "Policy strongroom-prod-ci-preview-boundary",
                "Role strongroom-prod-ci-deploy",
                "Role strongroom-prod-ci-preview",
                "RolePolicy strongroom-prod-ci-preview-look",
                "RolePolicyAttachment strongroom-prod-ci-deploy-1",
                "RolePolicyAttachment strongroom-prod-ci-deploy-key",
            ],
        );
    });

    it("are bound to audience and exact subject: pull requests and the branch look, the environment deploys", async () => {
        const rendering = await shopIn("aws-secrets-manager");
        const trust = (role: string) =>
            documentOf(rendering, `Role strongroom-prod-ci-${role}`, "assumeRolePolicy").Statement;
        const statement = (subject: string | readonly string[]) => ({
            Sid: "AssumedByGithub",
            Effect: "Allow",
            Principal: { Federated: `arn:aws:iam::210987654321:oidc-provider/${ISSUER}` },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
                StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com", [`${ISSUER}:sub`]: subject },
            },
        });
        const repository = "repo:example-org/strongroom";
        assert.deepEqual(trust("preview"), [
            statement([`${repository}:pull_request`, `${repository}:ref:refs/heads/main`]),
        ]);
        assert.deepEqual(trust("deploy"), [statement(`${repository}:environment:prod`)]);
    });

    it("rotate named secrets, use the key through the stores, and change neither grants nor keys nor documents", async () => {
        const rendering = await shopIn("aws-secrets-manager");
        const statements = documentOf(rendering, "Policy strongroom-prod-ci-deploy-1").Statement;
        const [rotate, never] = [statements[0], statements.at(-1)];
        assert.deepEqual(
            rotate?.Resource,
            ["db", "jwt", "vendor"].map(
                (name) => `arn:aws:secretsmanager:us-east-1:210987654321:secret:shop/prod/${name}-??????`,
            ),
        );
        assert.deepEqual(
            [rotate.Action].flat().filter((action) => /Delete|Create|Policy$|\*/.test(action)),
            ["secretsmanager:GetResourcePolicy"],
        );
        assert.equal(never?.Effect, "Deny");
        assert.ok(never.Action.includes("iam:*") && never.Action.includes("secretsmanager:DeleteSecret"));
        const [key] = documentOf(rendering, "Policy strongroom-prod-ci-deploy-key").Statement;
        assert.match(String(key?.Resource), /^arn:aws:kms:us-east-1:210987654321:key\/[0-9a-f-]+$/);
        assert.deepEqual(key?.Condition, {
            StringEquals: { "kms:ViaService": ["secretsmanager.us-east-1.amazonaws.com"] },
        });
    });

    it("have the roles that create access keys trust them, beside those who deploy by hand", async () => {
        const rendering = await renderShop({
            secrets: "aws-secrets-manager",
            config: "kubernetes",
            program: "native-program",
            environment: { aws: AWS, ci: { github: GITHUB }, etcd: undefined },
        });
        const rotator = one(rendering, "Role shop-prod-bucket-rotator");
        const [trust] = (JSON.parse(rotator.inputs["assumeRolePolicy"] as string) as Document).Statement;
        assert.deepEqual((trust as unknown as { Principal: object }).Principal, {
            AWS: [DEPLOYER, DEPLOY_ROLE],
        });
        // IAM refuses to trust a role that is not there.
        assert.ok(rotator.dependencies.includes(one(rendering, "Role strongroom-prod-ci-deploy").urn));
        const deploys = documentOf(rendering, "Policy strongroom-prod-ci-deploy-1").Statement;
        assert.deepEqual(deploys.find(({ Sid }) => Sid === "HaveAccessKeysCreated")?.Resource, [
            "arn:aws:iam::210987654321:role/shop-prod-bucket-rotator",
        ]);
    });

    it("take an issuer that the account has already, and publish to a topic where one is named", async () => {
        const topicArn = "arn:aws:sns:us-east-1:210987654321:deployments";
        const rendering = await shop("aws-secrets-manager", {
            github: { ...GITHUB, awsProvider: "existing", environment: "live" },
            topicArn,
        });
        assert.ok(!rendering.resources.some(({ type }) => type.endsWith(":OpenIdConnectProvider")));
        const deploys = documentOf(rendering, "Policy strongroom-prod-ci-deploy-1").Statement;
        assert.deepEqual(deploys.find(({ Sid }) => Sid === "TellWhatWasDeployed")?.Resource, [topicArn]);
        const trust = one(rendering, "Role strongroom-prod-ci-deploy").inputs["assumeRolePolicy"];
        assert.match(trust as string, /"repo:example-org\/strongroom:environment:live"/);
    });
});

describe("the pipelines' identities in Google Cloud", function () {
    this.timeout("1 minute");

    it("are two service accounts behind a pool that takes the exact subjects", async () => {
        const rendering = await shopIn("gcp-secret-manager");
        const provider = one(rendering, "WorkloadIdentityPoolProvider strongroom-prod-ci-github").inputs;
        const repository = "repo:example-org/strongroom";
        assert.equal(
            provider["attributeCondition"],
            `assertion.sub in ['${repository}:pull_request', '${repository}:ref:refs/heads/main', '${repository}:environment:prod']`,
        );
        const pool =
            "principal://iam.googleapis.com/projects/109876543210/locations/global/workloadIdentityPools/strongroom-prod-ci/subject/";
        const members = rendering.resources
            .filter(({ type, name }) => type.endsWith(":IAMMember") && name.startsWith("strongroom-prod-ci"))
            .map(({ name, inputs }) => [name, inputs["member"]]);
        assert.deepEqual(Object.fromEntries(members), {
            "strongroom-prod-ci-preview-github-1": `${pool}${repository}:pull_request`,
            "strongroom-prod-ci-preview-github-2": `${pool}${repository}:ref:refs/heads/main`,
            "strongroom-prod-ci-deploy-github-1": `${pool}${repository}:environment:prod`,
        });
        assert.equal(members.length, 3);
    });

    it("see labels of each secret, or add versions to it, by a role that neither deletes nor shares", async () => {
        const rendering = await shopIn("gcp-secret-manager");
        const roles = rendering.resources
            .filter(({ type, name }) => type.endsWith(":SecretIamMember") && name.includes("-ci-"))
            .map(({ inputs }) => `${inputs["role"] as string} ${inputs["secretId"] as string}`)
            .sort();
        assert.deepEqual(roles, [
            "projects/shop-prod/roles/strongroom_prod_ci_deploy shop_prod_db",
            "projects/shop-prod/roles/strongroom_prod_ci_deploy shop_prod_jwt",
            "projects/shop-prod/roles/strongroom_prod_ci_deploy shop_prod_vendor",
            "roles/secretmanager.viewer shop_prod_db",
            "roles/secretmanager.viewer shop_prod_jwt",
            "roles/secretmanager.viewer shop_prod_vendor",
        ]);
        const permissions = one(rendering, "IAMCustomRole strongroom_prod_ci_deploy").inputs["permissions"];
        assert.deepEqual(
            (permissions as string[]).filter((each) => /delete|destroy|IamPolicy|create/.test(each)),
            [],
        );
    });
});

describe("the pipelines' identities in Vault", function () {
    this.timeout("1 minute");

    it("log in with exact claims, for minutes, with one policy each and not the default one", async () => {
        const rendering = await shopIn("vault");
        const repository = "example-org/strongroom";
        const role = (kind: string) =>
            one(rendering, `AuthBackendRole strongroom-prod-github-${kind}`).inputs;
        const shared = (kind: string, ttl: number) => ({
            backend: "strongroom-prod-github",
            roleName: `strongroom-prod-ci-${kind}`,
            roleType: "jwt",
            boundAudiences: ["https://vault.example.com"],
            boundClaimsType: "string",
            userClaim: "sub",
            tokenPolicies: [`strongroom-prod-ci-${kind}`],
            tokenNoDefaultPolicy: true,
            tokenTtl: ttl,
            tokenMaxTtl: ttl,
            tokenExplicitMaxTtl: ttl,
        });
        assert.deepEqual(role("preview"), {
            ...shared("preview", 600),
            aliasMetadata: { class: "access" },
            boundClaims: {
                repository,
                sub: `repo:${repository}:pull_request,repo:${repository}:ref:refs/heads/main`,
            },
        });
        assert.deepEqual(role("deploy"), {
            ...shared("deploy", 3600),
            aliasMetadata: { class: "operator" },
            boundSubject: `repo:${repository}:environment:prod`,
            boundClaims: { repository, ref: "refs/heads/main", environment: "prod" },
        });
        const backend = one(rendering, "AuthBackend strongroom-prod-github").inputs;
        assert.equal(backend["boundIssuer"], `https://${ISSUER}`);
    });

    it("see metadata of each document, the control plane's too, or write named documents", async () => {
        const rendering = await shopIn("vault");
        const pathsOf = (kind: string): Record<string, { capabilities: string[] }> =>
            (
                documentOf(rendering, `Policy strongroom-prod-ci-${kind}`) as unknown as {
                    path: Record<string, { capabilities: string[] }>;
                }
            ).path;
        const documents = [
            "control-plane/prod/encryption-config",
            "shop/prod/db",
            "shop/prod/jwt",
            "shop/prod/vendor",
        ];
        assert.deepEqual(
            pathsOf("preview"),
            Object.fromEntries(
                documents.map((document) => [`secret/metadata/${document}`, { capabilities: ["read"] }]),
            ),
        );
        const deploys = pathsOf("deploy");
        assert.deepEqual(
            Object.keys(deploys),
            [
                "auth/token/lookup-self",
                ...documents.map((document) => `secret/data/${document}`),
                ...documents.map((document) => `secret/metadata/${document}`),
            ].sort(),
        );
        assert.deepEqual(deploys["secret/data/shop/prod/db"]?.capabilities, ["create", "read", "update"]);
    });
});

describe("the pipelines' identities", function () {
    this.timeout("1 minute");

    it("are those of GitLab as well, where the environment is asked for by Vault alone", async () => {
        const project = "example-org/infra/strongroom";
        const rendering = await shop("vault", { gitlab: { project } });
        const subject = `project_path:${project}:ref_type:branch:ref:main`;
        const role = one(rendering, "AuthBackendRole strongroom-prod-gitlab-deploy").inputs;
        assert.equal(role["boundSubject"], subject);
        assert.deepEqual(role["boundClaims"], {
            project_path: project,
            ref_type: "branch",
            ref: "main",
            ref_protected: "true",
            environment: "prod",
        });
        const trust = one(rendering, "Role strongroom-prod-ci-deploy").inputs["assumeRolePolicy"] as string;
        assert.ok(trust.includes(`"gitlab.com:sub":"${subject}"`));
    });

    it("are in no system where no pipeline is configured", async () => {
        const rendering = await renderShop({
            secrets: "vault",
            config: "kubernetes",
            environment: { aws: AWS },
        });
        assert.deepEqual(ofCi(rendering), []);
    });
});
