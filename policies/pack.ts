import type { Policies } from "@pulumi/policy";
import * as gcp01 from "./access/gcp-01-accessors-are-bound-on-the-secret";
import * as iam01 from "./access/iam-01-actions-are-named";
import * as iam02 from "./access/iam-02-values-are-read-by-name";
import * as iam03 from "./access/iam-03-secret-arns-end-exactly";
import * as k8s01 from "./access/k8s-01-roles-get-named-secrets";
import * as k8s02 from "./access/k8s-02-no-cluster-role-reaches-secrets";
import * as k8s03 from "./access/k8s-03-roles-have-no-wildcards";
import * as vlt01 from "./access/vlt-01-vault-policies-read-named-documents";
import * as eso01 from "./delivery/eso-01-cluster-stores-have-conditions";
import * as enc01 from "./encryption/enc-01-etcd-encrypts-secrets";
import * as enc02 from "./encryption/enc-02-etcd-provider-is-strong";
import * as enc03 from "./encryption/enc-03-etcd-keys-are-sound";
import type { Facts } from "./facts";
import * as iso01 from "./isolation/iso-01-tags-name-environment-owner-and-class";
import * as iso02 from "./isolation/iso-02-names-carry-the-environment";
import * as iso03 from "./isolation/iso-03-remote-keys-stay-in-the-environment";
import * as iso05 from "./isolation/iso-05-secret-stores-point-at-this-environment";
import * as iso06 from "./isolation/iso-06-grants-stay-in-the-environment";
import { policy } from "./policy";
import * as gen01 from "./rotation/gen-01-secrets-are-drawn-as-passwords";
import * as sm07 from "./rotation/sm-07-values-are-no-placeholders";
import type { Rule } from "./rule";

/** Every rule, by promise. Importing this starts nothing; `start.ts` serves it. */
export const rules: readonly Rule[] = [
    iso01,
    iso02,
    iso03,
    iso05,
    iso06,
    iam01,
    iam02,
    iam03,
    gcp01,
    vlt01,
    k8s01,
    k8s02,
    k8s03,
    eso01,
    enc01,
    enc02,
    enc03,
    gen01,
    sm07,
].map(({ rule }) => rule);

export function policies(facts: Facts): Policies {
    return rules.map((rule) => policy(rule, facts));
}
