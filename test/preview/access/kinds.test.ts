import assert from "node:assert/strict";

import { accessMatrix } from "../../../preview/access";
import { Estate } from "../../../preview/access/estate";
import { isKnown, NO_GRANTS, READ } from "../../../preview/access/kinds";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";

const refused = (...resources: readonly ResourceSketch[]): string[] =>
    accessMatrix(rendering({ resources }))
        .findings.filter(({ kind }) => kind === "not-evaluated")
        .map(({ place, fix }) => `${place}: ${fix}`);

/** Kinds that grant and are not read, each of which would make an answer wrong if it were passed over. */
const GRANTING = [
    "aws:iam/groupPolicy:GroupPolicy",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/userGroupMembership:UserGroupMembership",
    "aws:iam/userLoginProfile:UserLoginProfile",
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    "aws:iam/samlProvider:SamlProvider",
    "aws:lakeformation/permissions:Permissions",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    "aws:lambda/permission:Permission",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    "aws:ram/resourceShare:ResourceShare",
    "gcp:iam/denyPolicy:DenyPolicy",
    "gcp:kms/ekmConnectionIamMember:EkmConnectionIamMember",
    "gcp:projects/usageExportBucket:UsageExportBucket",
    "gcp:serviceaccount/key:Key",
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
    "vault:identity/groupPolicies:GroupPolicies",
    "vault:identity/entity:Entity",
    "vault:index/token:Token",
    "vault:ldap/authBackendGroup:AuthBackendGroup",
    "vault:index/certAuthBackendRole:CertAuthBackendRole",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleList",
    "kubernetes:core/v1:SecretPatch",
    "kubernetes:helm.sh/v3:Release",
    "kubernetes:yaml/v2:ConfigGroup",
    "kubernetes:certificates.k8s.io/v1:CertificateSigningRequest",
    "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration",
    "kubernetes:external-secrets.io/v1alpha1:PushSecret",
    "github:index/actionsSecret:ActionsSecret",
];

describe("kinds of resource that nobody here can judge", () => {
    for (const type of GRANTING)
        it(`refuses ${type} by name, with a fix`, () => {
            const [finding, ...others] = refused({ type, name: "x" });
            assert.match(finding ?? "", new RegExp(`^${type.replaceAll(".", "\\.")} 'x': [A-Z]`, "u"));
            assert.deepEqual(others, []);
        });

    it("says what to do instead where there is something", () => {
        assert.match(
            refused({ type: "aws:iam/groupPolicy:GroupPolicy", name: "x" }).join(),
            /role instead of a group/u,
        );
        assert.match(
            refused({ type: "kubernetes:core/v1:SecretPatch", name: "x" }).join(),
            /resource of its own/u,
        );
    });

    it("refuses none whose grants are read, or that carry none", () => {
        const wild = [...READ, ...Object.values(NO_GRANTS).flat()].filter((type) => !type.includes("*"));
        const versioned = wild.map((type) => type.replace(/^(kubernetes:[^:]+):/u, "$1/v1:"));
        assert.deepEqual(
            versioned.filter((type) => !isKnown(type)),
            [],
        );
    });

    it("takes a name that begins alike for another kind", () => {
        assert.ok(!isKnown("aws:kms/keyRotation:Key"));
        assert.ok(!isKnown("aws:iam/role:Role2"));
        assert.ok(!isKnown("kubernetes:core/v1:Secrets"));
    });

    // Whoever adds a kind to the data has seen that nothing reads it: a kind that is in both would be passed over.
    it("lists no kind twice", () => {
        const all = [...READ, ...Object.values(NO_GRANTS).flat()];
        assert.equal(new Set(all).size, all.length);
    });

    it("reads what it says that it reads: the evaluation asks for each such type", () => {
        const types = READ.map((type) =>
            type
                .replace(/^(kubernetes:[^:]+):/u, "$1/v1:")
                .replace("vault:*", "vault:jwt")
                .replaceAll("*", "Member"),
        );
        const asked = new Set<string>();
        const original = Object.getOwnPropertyDescriptor(Estate.prototype, "ofType") ?? assert.fail();
        const ofType = original.value as Estate["ofType"];
        Estate.prototype.ofType = function (this: Estate, ...wanted) {
            const found = ofType.call(this, ...wanted);
            for (const { type } of found) asked.add(type);
            return found;
        };
        try {
            // What is missing in each is told in findings; here it only counts that each is looked at.
            accessMatrix(rendering({ resources: types.map((type) => ({ type, name: type })) }));
        } finally {
            Object.defineProperty(Estate.prototype, "ofType", original);
        }
        // Roles say which of a provider's tokens count, keys in which ring they are, bindings whether a role is our own.
        const byOthers = [
            "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
            "gcp:kms/keyRing:KeyRing",
            "gcp:organizations/iAMCustomRole:IAMCustomRole",
            "gcp:projects/iAMCustomRole:IAMCustomRole",
        ];
        assert.deepEqual(
            types.filter((type) => !asked.has(type) && !byOthers.includes(type)),
            [],
        );
    });
});
