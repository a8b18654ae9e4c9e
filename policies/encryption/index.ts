import * as enc01 from "./enc-01-etcd-encrypts-secrets";
import * as enc02 from "./enc-02-etcd-provider-is-strong";
import * as enc03 from "./enc-03-etcd-keys-are-sound";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [enc01, enc02, enc03].map(({ rule }) => rule);
