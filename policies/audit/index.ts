import * as aud01 from "./aud-01-a-trail-records-every-call";
import * as aud02 from "./aud-02-reads-and-deletions-alert";
import * as aud03 from "./aud-03-api-servers-record-secrets-without-values";
import * as aud04 from "./aud-04-old-values-alert";
import * as gcp07 from "./gcp-07-reads-are-recorded";
import * as vlt04 from "./vlt-04-vault-records-every-request";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [aud01, aud02, aud03, aud04, gcp07, vlt04].map(({ rule }) => rule);
