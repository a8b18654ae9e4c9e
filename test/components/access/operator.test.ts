import assert from "node:assert/strict";
import { operatorRules } from "../../../components/access/operator";
import type { Rendering } from "../../../preview/rendering";
import { kubernetesObjects } from "../../support/kubernetes-objects";
import { renderings } from "../../support/renderings";
import { one, renderLeases, renderShop } from "../../support/render-shop";
import type { ShopOptions } from "../../support/render-shop";

/**
 * What External Secrets Operator may do in a namespace, and how it reads where it has a role of its own. What this does
 * not prove: that an operator of another version asks for no more.
 */

interface Rule {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
    readonly resourceNames?: readonly string[];
}
interface Made {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly rules?: readonly Rule[];
    readonly spec?: { readonly target: { readonly name: string } };
}
const rulesOf = (rendering: Rendering): Rule[] =>
    one(rendering, "Role shop/operator").inputs["rules"] as unknown as Rule[];
const about = (rules: readonly Rule[], resource: string): Rule[] =>
    rules.filter(({ resources }) => resources.includes(resource));

const OPERATOR_ROLE = "arn:aws:iam::210987654321:role/external-secrets";
const cluster = (operator: object) => ({
    main: {
        context: "main",
        distribution: "eks",
        oidcIssuer: "oidc.example.com/id/1",
        vaultAuthMount: "kubernetes",
        operator,
    },
});
const shop = (secrets: string, operator: object, more: Partial<ShopOptions> = {}) =>
    renderShop({
        secrets,
        config: "aws-parameter-store",
        ...more,
        environment: {
            clusters: cluster(operator),
            protect: true,
            alerts: { emails: ["security@example.com"] },
        },
    });

describe("the operator", function () {
    this.timeout("1 minute");

    it("is bound in the namespace of a platform that it syncs, as the service account of its chart", async () => {
        const rendering = await renderShop({ secrets: "vault", config: "kubernetes" });
        const { metadata, subjects, roleRef } = one(rendering, "RoleBinding shop/operator")
            .inputs as unknown as {
            metadata: { name: string; namespace: string; labels: Record<string, string> };
            subjects: unknown;
            roleRef: { kind: string; name: string };
        };
        assert.equal(`${metadata.namespace}/${metadata.name}`, "shop-prod/external-secrets-operator");
        assert.equal(metadata.labels["strongroom.io/class"], "operator");
        assert.deepEqual([roleRef.kind, roleRef.name], ["Role", "external-secrets-operator"]);
        assert.deepEqual(subjects, [
            { kind: "ServiceAccount", name: "external-secrets", namespace: "external-secrets" },
        ]);
    });

    it("makes Secrets, and takes hold of those alone that it syncs", async () => {
        const secrets = about(rulesOf(await shop("aws-secrets-manager", {})), "secrets");
        assert.deepEqual(
            secrets.map(({ verbs, resourceNames }) => [verbs, resourceNames]),
            [
                [["list", "watch"], undefined],
                [["create"], undefined],
                [
                    ["delete", "get", "patch", "update"],
                    ["api-config", "api-secrets"],
                ],
            ],
        );
    });

    it("takes hold of what ExternalSecrets make, in each namespace of both stacks", async () => {
        let count = 0;
        for (const rendering of await renderings()) {
            const objects = kubernetesObjects(rendering).map(({ object }) => object as unknown as Made);
            for (const { metadata, rules } of objects.filter(({ kind }) => kind === "Role")) {
                if (metadata.name !== "external-secrets-operator") continue;
                const targets = objects
                    .filter(
                        (each) =>
                            each.kind === "ExternalSecret" && each.metadata.namespace === metadata.namespace,
                    )
                    .map(({ spec }) => spec?.target.name);
                const named = about(rules ?? [], "secrets").flatMap(
                    ({ resourceNames = [] }) => resourceNames,
                );
                assert.deepEqual(named, [...targets].sort(), metadata.namespace);
                count++;
            }
        }
        assert.equal(count, 7);
    });

    it("makes tokens of the consumers' service accounts alone", async () => {
        const [tokens, ...more] = about(rulesOf(await shop("vault", {})), "serviceaccounts/token");
        assert.deepEqual([tokens?.verbs, tokens?.resourceNames, more], [["create"], ["api"], []]);
    });

    it("has no right without a name but to watch, to make, and to tell", () => {
        const none = {
            externalSecrets: [],
            secretStores: [],
            generators: [],
            secretNames: [],
            serviceAccounts: [],
        };
        const shared = { namespace: "n", operator: { namespace: "o", serviceAccount: "o" } };
        const rules = operatorRules({ ...none, ...shared } as unknown as Parameters<typeof operatorRules>[0]);
        const nameless = rules.filter(({ resourceNames }) => resourceNames === undefined);
        assert.deepEqual(
            nameless
                .flatMap(({ resources, verbs }) =>
                    resources.flatMap((one) => verbs.map((verb) => `${verb} ${one}`)),
                )
                .filter((right) => !/^(?:get|list|watch) (?!secrets$)/.test(right))
                .sort(),
            ["create events", "create secrets", "list secrets", "patch events", "watch secrets"],
        );
    });

    it("watches generators where accounts are leased, and nothing where nothing is synced", async () => {
        const leases = await renderLeases();
        assert.equal(about(rulesOf(leases), "vaultdynamicsecrets").length, 1);
        assert.equal(about(rulesOf(await shop("vault", {})), "vaultdynamicsecrets").length, 0);
        const native = await renderShop({ secrets: "kubernetes", config: "kubernetes" });
        assert.ok(!native.resources.some(({ name }) => name === "shop/operator"));
    });

    it("is whoever the cluster says", async () => {
        const operator = { namespace: "platform", serviceAccount: "eso" };
        const { subjects } = one(await shop("vault", operator), "RoleBinding shop/operator").inputs;
        assert.deepEqual(subjects, [{ kind: "ServiceAccount", name: "eso", namespace: "platform" }]);
    });
});

describe("an operator with a role of its own in AWS", function () {
    this.timeout("1 minute");

    const rendered = shop("aws-secrets-manager", { roleArn: OPERATOR_ROLE }, { withPolicies: true });

    it("assumes the consumer's role, told apart by namespace and store", async () => {
        const trust = one(await rendered, "Role shop-prod-api").inputs["assumeRolePolicy"];
        assert.deepEqual(JSON.parse(trust as string), {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "AssumedByTheOperator",
                    Effect: "Allow",
                    Principal: { AWS: OPERATOR_ROLE },
                    Action: ["sts:AssumeRole", "sts:TagSession"],
                    Condition: {
                        StringEquals: {
                            "aws:RequestTag/esoNamespace": "shop-prod",
                            "aws:RequestTag/esoStoreKind": "SecretStore",
                            "aws:RequestTag/esoStoreName": ["api", "api-config"],
                        },
                    },
                },
            ],
        });
    });

    it("reads by SecretStores that name the role and have the tags set, and by no token", async () => {
        const rendering = await rendered;
        const blocks = ["api", "api-config"].map(
            (name) =>
                (
                    one(rendering, `SecretStore shop/${name}`).inputs["spec"] as unknown as {
                        provider: { aws: object };
                    }
                ).provider.aws,
        );
        const role = "arn:aws:iam::210987654321:role/shop-prod-api";
        const shared = { region: "us-east-1", role, sessionTagsPolicy: "Simple" };
        assert.deepEqual(blocks, [
            { service: "SecretsManager", ...shared },
            { service: "ParameterStore", ...shared },
        ]);
        assert.deepEqual(about(rulesOf(rendering), "serviceaccounts/token"), []);
        const { metadata } = one(rendering, "ServiceAccount shop/api").inputs as unknown as {
            metadata: { annotations?: object };
        };
        assert.deepEqual(metadata.annotations ?? {}, {});
    });

    it("satisfies the policies", async () => {
        const { violations, diagnostics } = await rendered;
        assert.deepEqual(diagnostics, []);
        assert.deepEqual(violations, []);
    });

    it("still makes tokens for what is not on AWS", async () => {
        const rendering = await shop("vault", { roleArn: OPERATOR_ROLE });
        assert.deepEqual(about(rulesOf(rendering), "serviceaccounts/token")[0]?.resourceNames, ["api"]);
    });
});
