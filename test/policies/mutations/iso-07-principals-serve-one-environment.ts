import type { Mutation, Rendered } from "../support/case";

const type = "aws:iam/role:Role";
const vault = "vault:kubernetes/authBackendRole:AuthBackendRole";
const member = "gcp:serviceaccount/iAMMember:IAMMember";
const serviceAccount = "kubernetes:core/v1:ServiceAccount";

/** As the stacks' own resources have it, but of the other environment. */
const otherEnvironment = (text: unknown): string =>
    String(text).replace(/-(dev|prod)\b/g, (_, name) => (name === "dev" ? "-prod" : "-dev"));

const withProps = (resource: Rendered, props: Record<string, unknown>): Rendered => ({
    ...resource,
    props: { ...resource.props, ...props },
});

export const mutations: readonly Mutation[] = [
    {
        title: "a role trusts the other environment's service account",
        type,
        where: ({ props }) => String(props["assumeRolePolicy"]).includes(":serviceaccount:"),
        mutate: (role) =>
            withProps(role, { assumeRolePolicy: otherEnvironment(role.props["assumeRolePolicy"]) }),
    },
    {
        title: "a role trusts another account",
        type,
        where: ({ props }) => String(props["assumeRolePolicy"]).includes(":iam::"),
        mutate: (role) =>
            withProps(role, {
                assumeRolePolicy: String(role.props["assumeRolePolicy"]).replace(
                    /:iam::\d{12}:/,
                    ":iam::111111111111:",
                ),
            }),
    },
    {
        title: "a Vault role is bound to the other environment's namespace",
        type: vault,
        mutate: (role) => {
            const [own] = role.props["boundServiceAccountNamespaces"] as string[];
            return withProps(role, { boundServiceAccountNamespaces: [otherEnvironment(own)] });
        },
    },
    {
        title: "a Vault role gives the other environment's policy",
        type: vault,
        mutate: (role) =>
            withProps(role, { tokenPolicies: [otherEnvironment(String(role.props["roleName"]))] }),
    },
    {
        title: "a service account of Google is given to a workload of another project",
        type: member,
        change: { member: "serviceAccount:strongroom-other.svc.id.goog[gcpplatform-prod/api]" },
        alsoBreaks: ["GCP-04", "ISO-06"],
    },
    {
        title: "a service account stands for a role of another account",
        type: serviceAccount,
        where: ({ props }) => JSON.stringify(props).includes("eks.amazonaws.com/role-arn"),
        change: {
            "metadata.annotations": {
                "eks.amazonaws.com/role-arn": "arn:aws:iam::111111111111:role/devplatform-prod-backend",
            },
        },
        alsoBreaks: ["ISO-05"],
    },
];
