import assert from "node:assert/strict";
import fc from "fast-check";
import { CAUSES, explained } from "../../doctor/causes";
import type { Subject } from "../../doctor/causes";
import { masked } from "../../doctor/masked";

const SUBJECT: Subject = {
    stack: "prod",
    consumer: "shop/api",
    context: "main",
    namespace: "shop-prod",
    serviceAccount: "api",
    annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::210987654321:role/shop-prod-api" },
    storeName: "api",
    provider: {},
    targets: [],
};

/** Texts as the sources that are named beside each cause have them. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
    "store-not-ready": ['error processing spec.data[0] (key: a), err: SecretStore "api" is not ready'],
    "store-missing": ['could not get SecretStore "api", secretstores.external-secrets.io "api" not found'],
    "store-denies-namespace": [
        'using cluster store "all" is not allowed from namespace "shop": denied by spec.condition',
    ],
    "secret-owned-by-other": [
        "target is owned by another ExternalSecret",
        "could not update secret, target is immutable",
    ],
    "template-fails": ["could not apply template: could not execute template: unable to execute template"],
    "field-missing": ["key url does not exist in secret shop/prod/db"],
    "entry-missing": ["Secret does not exist", "secret does not exist at provider using spec.dataFrom[0]"],
    "operator-may-not": [
        'serviceaccounts "api" is forbidden: User "x" cannot create resource "serviceaccounts/token" in API group',
    ],
    "aws-role-not-annotated": [
        "an IAM role must be associated with service account api (namespace: shop-prod)",
    ],
    "aws-no-identity-provider": [
        "operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, InvalidIdentityToken: No OpenIDConnect provider found in your account for https://x",
    ],
    "aws-role-not-trusting": [
        "operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ],
    "aws-operator-may-not-assume": [
        "AccessDenied: User: arn:aws:sts::1:assumed-role/eso/x is not authorized to perform: sts:AssumeRole on resource: y",
    ],
    "aws-key-denied": ["AccessDeniedException: Access to KMS is not allowed"],
    "aws-read-denied": [
        "AccessDeniedException: User: x is not authorized to perform: secretsmanager:GetSecretValue on resource: y because no identity-based policy allows it",
    ],
    "aws-entry-deleted": [
        "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
    ],
    "aws-entry-missing": [
        "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
        "ParameterNotFound: ",
    ],
    "aws-not-logged-in": [
        "Unable to locate credentials. You can configure credentials by running",
        "ExpiredToken",
    ],
    "gcp-cluster-unknown": [
        "failed to create GCP secretmanager client: unable to fetch identitybindingtoken: could not get idbindtoken token, status: 404",
    ],
    "gcp-workload-identity-not-bound": [
        "unable to generate gcp access token: rpc error: code = PermissionDenied desc = Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
    ],
    "gcp-read-denied": [
        "rpc error: code = PermissionDenied desc = Permission 'secretmanager.versions.access' denied for resource 'projects/p/secrets/s/versions/latest' (or it may not exist).",
    ],
    "gcp-version-disabled": [
        "rpc error: code = FailedPrecondition desc = Secret Version [x] is in DISABLED state.",
    ],
    "gcp-entry-missing": [
        "rpc error: code = NotFound desc = Secret [x] not found or has no versions.",
        "NOT_FOUND: x",
    ],
    "gcp-not-logged-in": ["Please run: $ gcloud auth login to obtain new credentials."],
    "vault-sealed": ["Code: 503. Errors: * Vault is sealed"],
    "vault-role-unknown": [
        'Code: 400. Errors: * invalid role name "shop"',
        "Code: 403. Errors: * namespace not authorized",
    ],
    "vault-login-denied": [
        "unable to log in to auth method: unable to log in with Kubernetes auth: Error making API request. Code: 403. Errors: * permission denied",
    ],
    "vault-read-denied": [
        "cannot read secret data from Vault: Error making API request. Code: 403. Errors: * permission denied",
    ],
    "vault-field-missing": ['cannot find secret data for key: "url"'],
    "vault-entry-missing": ["No value found at secret/metadata/shop/prod/db"],
    "name-unresolved": ["dial tcp: lookup vault.example.com: no such host"],
    "store-unreachable": ["dial tcp 10.0.0.1:8200: i/o timeout", "context deadline exceeded"],
    "certificate-not-trusted": [
        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
    ],
    throttled: ["ThrottlingException: Rate exceeded"],
};

/** Does not prove: that a store words it so for ever, or that a short value in an odd place is known for one. */
describe("what others say", () => {
    it("has a text for every cause", () => {
        assert.deepEqual(Object.keys(TEXTS).sort(), CAUSES.map(({ name }) => name).sort());
    });

    for (const [cause, texts] of Object.entries(TEXTS))
        for (const text of texts)
            it(`is understood: ${text.slice(0, 70)}`, () => {
                const found = explained(text, SUBJECT);
                assert.equal(found.cause, cause);
                assert.ok(found.next.every((command) => !command.includes("undefined")));
            });

    it("is told as it is where it is not known", () => {
        assert.deepEqual(explained("something new", SUBJECT).why, "it says: something new");
        assert.equal(explained("", SUBJECT).why, "it does not say why");
    });

    const HIDDEN: readonly [text: string, shown: string][] = [
        ["at https://user:hunter22@vault.example.com/x", "at https://[masked]@vault.example.com/x"],
        ["GET https://a.example.com/x?token=abc failed", "GET https://a.example.com/x?[masked] failed"],
        ["password=hunter2, retrying", "password=[masked], retrying"],
        ['{"password":"hunter 2","user":"app"}', '{"password":[masked],"user":"app"}'],
        ["Authorization: Bearer abc", "Authorization: Bearer [masked]"],
        ["found ghp_0123456789abcdefghijABCDEFGHIJ012345 there", "found [masked] there"],
        ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- and", "[masked] and"],
        ["\u001b[31mred\u001b[0m\nline", "red line"],
        [
            "role arn:aws:iam::210987654321:role/shop-prod-api",
            "role arn:aws:iam::210987654321:role/shop-prod-api",
        ],
        ['cannot find "devplatform/prod/db"', 'cannot find "devplatform/prod/db"'],
    ];
    for (const [text, shown] of HIDDEN)
        it(`is masked: ${JSON.stringify(shown)}`, () => {
            assert.equal(masked(text), shown);
        });

    it("hides a token wherever it stands in a text, and is short", () => {
        const token = fc.stringMatching(/^ghp_[A-Za-z0-9]{36}$/);
        const around = fc.stringMatching(/^[a-z ."':;,()=]{0,150}$/);
        fc.assert(
            fc.property(around, token, around, (before, value, after) => {
                const text = masked(`${before} ${value} ${after}`);
                assert.ok(!text.includes(value.slice(0, 12)), text);
                assert.ok(text.length <= 240);
            }),
        );
    });
});
