import type { Replacement } from "./replacement";
import { schema } from "./replacement";

/** What is drawn is drawn anew when anything of it changes: each property has a plan modifier that requires it. */
export const random: Readonly<Record<string, Replacement>> = {
    "random:index/randomPassword:RandomPassword": schema("Terraform Registry, random_password", "*"),
    "random:index/randomUuid:RandomUuid": schema("Terraform Registry, random_uuid", "*"),
};
