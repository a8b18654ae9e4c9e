import assert from "node:assert/strict";

import { accessMatrix } from "../../../preview/access";
import { Unknown } from "../../../preview/engine/values";
import type { PropertyMap } from "../../../preview/engine/values";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { answers } from "./cases";

const SECRET = "devplatform_prod_db";
const EMAIL = "devplatform-prod-api@acme-prod.iam.gserviceaccount.com";
const MEMBER = `serviceAccount:${EMAIL}`;

const secret: ResourceSketch = {
    type: "gcp:secretmanager/secret:Secret",
    name: "db",
    inputs: { secretId: SECRET, project: "acme-prod" },
};
const account: ResourceSketch = {
    type: "gcp:serviceaccount/account:Account",
    name: "api",
    inputs: { accountId: "devplatform-prod-api", project: "acme-prod" },
    outputs: { email: EMAIL, name: `projects/acme-prod/serviceAccounts/${EMAIL}` },
};
const ACCESSOR = "roles/secretmanager.secretAccessor";

const onSecret = (inputs: PropertyMap): ResourceSketch => ({
    type: "gcp:secretmanager/secretIamMember:SecretIamMember",
    name: "grant",
    inputs: { secretId: SECRET, project: "acme-prod", role: ACCESSOR, member: MEMBER, ...inputs },
});
const onProject = (inputs: PropertyMap): ResourceSketch => ({
    type: "gcp:projects/iAMMember:IAMMember",
    name: "grant",
    inputs: { project: "acme-prod", role: ACCESSOR, member: MEMBER, ...inputs },
});

describe("access on GCP", () => {
    const cases: readonly (readonly [title: string, grant: ResourceSketch, says: string | undefined])[] = [
        ["accessor on the secret", onSecret({}), "allowed"],
        [
            "the secret by its full id",
            onSecret({ secretId: `projects/acme-prod/secrets/${SECRET}` }),
            "allowed",
        ],
        ["another secret", onSecret({ secretId: `${SECRET}_2` }), undefined],
        ["a secret of that name elsewhere", onSecret({ project: "acme-dev" }), undefined],
        ["a role that reads no payload", onSecret({ role: "roles/secretmanager.viewer" }), undefined],
        ["another service's role", onProject({ role: "roles/pubsub.publisher" }), undefined],
        ["accessor on the project", onProject({}), "allowed"],
        ["owner of the project", onProject({ role: "roles/owner" }), "allowed"],
        ["accessor on another project", onProject({ project: "acme-dev" }), undefined],
        ["the project whose name begins alike", onProject({ project: "acme-prod-eu" }), undefined],
        [
            "a condition",
            onSecret({ condition: { title: "x", expression: "…" } }),
            "undecided, the binding has a condition",
        ],
        [
            "the basic editor role",
            onProject({ role: "roles/editor" }),
            "undecided, which permissions roles/editor includes is not known here",
        ],
        [
            "a custom role of elsewhere",
            onProject({ role: "projects/acme-prod/roles/reader" }),
            "undecided, projects/acme-prod/roles/reader is not part of this stack",
        ],
        [
            "an unknown project",
            onProject({ project: Unknown.value }),
            "undecided, which project it is about is known after a deployment only",
        ],
    ];
    for (const [title, grant, says] of cases) {
        it(`${title}: ${says ?? "silent"}`, () => {
            const expected = says === undefined ? [] : [`${EMAIL} ${SECRET}: ${says}`];
            assert.deepEqual(answers([secret, account, grant]), expected);
        });
    }

    it("takes a custom role by its permissions", () => {
        const custom = (permission: string): ResourceSketch => ({
            type: "gcp:projects/iAMCustomRole:IAMCustomRole",
            name: "reader",
            inputs: { roleId: "reader", permissions: [permission] },
        });
        const grant = onProject({ role: "projects/acme-prod/roles/reader" });
        const allowed = [`${EMAIL} ${SECRET}: allowed`];
        assert.deepEqual(answers([secret, account, grant, custom("secretmanager.versions.access")]), allowed);
        assert.deepEqual(answers([secret, account, grant, custom("secretmanager.versions.list")]), []);
    });

    it("names every member of a binding, also those that are not ours", () => {
        const binding: ResourceSketch = {
            type: "gcp:secretmanager/secretIamBinding:SecretIamBinding",
            name: "b",
            inputs: { secretId: SECRET, project: "acme-prod", role: ACCESSOR, members: [MEMBER, "allUsers"] },
        };
        assert.deepEqual(answers([secret, account, binding]), [
            `allUsers ${SECRET}: allowed`,
            `${EMAIL} ${SECRET}: allowed`,
        ]);
    });

    it("says which service account of the cluster acts as it, and by which binding", () => {
        const link: ResourceSketch = {
            type: "gcp:serviceaccount/iAMMember:IAMMember",
            name: "wi",
            inputs: {
                serviceAccountId: `projects/acme-prod/serviceAccounts/${EMAIL}`,
                role: "roles/iam.workloadIdentityUser",
                member: "serviceAccount:acme-prod.svc.id.goog[devplatform-prod/api]",
            },
        };
        const [cell] = accessMatrix(rendering({ resources: [secret, account, link, onSecret({})] })).cells;
        assert.deepEqual(cell?.identity.serviceAccounts, ["devplatform-prod/api"]);
        assert.deepEqual(cell.by, [`grant (${ACCESSOR})`]);
    });
});
