import * as enc01 from "./enc-01-etcd-encrypts-secrets";
import * as enc02 from "./enc-02-etcd-provider-is-strong";
import * as enc03 from "./enc-03-etcd-keys-are-sound";
import * as enc04 from "./enc-04-etcd-keys-follow-the-ledger";
import * as enc05 from "./enc-05-managed-clusters-encrypt-secrets";
import * as kms01 from "./kms-01-keys-rotate";
import * as kms03 from "./kms-03-keys-outlive-a-mistake";
import * as sm01 from "./sm-01-stores-have-a-customer-key";
import * as sm05 from "./sm-05-only-configuration-is-plain";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [enc01, enc02, enc03, enc04, enc05, kms01, kms03, sm01, sm05].map(
    ({ rule }) => rule,
);
