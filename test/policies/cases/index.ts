import type { Table } from "../support/case";
import { table as enc01 } from "./enc-01-etcd-encrypts-secrets";
import { table as enc02 } from "./enc-02-etcd-provider-is-strong";
import { table as enc03 } from "./enc-03-etcd-keys-are-sound";
import { table as eso01 } from "./eso-01-cluster-stores-have-conditions";
import { table as gcp01 } from "./gcp-01-accessors-are-bound-on-the-secret";
import { table as gen01 } from "./gen-01-secrets-are-drawn-as-passwords";
import { table as iam01 } from "./iam-01-actions-are-named";
import { table as iam02 } from "./iam-02-values-are-read-by-name";
import { table as iam03 } from "./iam-03-secret-arns-end-exactly";
import { table as iso01 } from "./iso-01-tags-name-environment-owner-and-class";
import { table as iso02 } from "./iso-02-names-carry-the-environment";
import { table as iso03 } from "./iso-03-remote-keys-stay-in-the-environment";
import { table as iso05 } from "./iso-05-secret-stores-point-at-this-environment";
import { table as iso06 } from "./iso-06-grants-stay-in-the-environment";
import { table as k8s01 } from "./k8s-01-roles-get-named-secrets";
import { table as k8s02 } from "./k8s-02-no-cluster-role-reaches-secrets";
import { table as k8s03 } from "./k8s-03-roles-have-no-wildcards";
import { table as sm07 } from "./sm-07-values-are-no-placeholders";
import { table as vlt01 } from "./vlt-01-vault-policies-read-named-documents";

/** The cases of every policy. */
export const tables: readonly Table[] = [
    enc01,
    enc02,
    enc03,
    eso01,
    gcp01,
    gen01,
    iam01,
    iam02,
    iam03,
    iso01,
    iso02,
    iso03,
    iso05,
    iso06,
    k8s01,
    k8s02,
    k8s03,
    sm07,
    vlt01,
];
