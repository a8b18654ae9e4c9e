import type { Catalogue } from "../../components/domain/catalogue";
import { ETCD_FIELD } from "../../components/domain/encryption-key";
import { SHARED_OWNER } from "../../components/domain/ownership";
import type { RotatingStack } from "../stack";
import { etcdPage } from "./etcd-page";
import { fieldPage, managedPage } from "./field-page";
import { incidentPage } from "./incident";
import { indexPage } from "./index-page";
import { subjectsOf } from "./subject";

/**
 * All runbooks, by their path below the folder of runbooks. They depend on the catalogue and the configuration alone:
 * no day and no generation is in them, so a rotation changes none.
 */
export function runbooks(catalogue: Catalogue, stacks: readonly RotatingStack[]): Map<string, string> {
    const subjects = subjectsOf(catalogue, stacks);
    const pages = new Map<string, string>();
    for (const subject of subjects) {
        const text = fieldPage(subject);
        if (text !== undefined) pages.set(`${subject.id}.md`, text);
    }
    for (const platform of catalogue) {
        const told = [...(platform.tell ?? []), SHARED_OWNER];
        for (const [name, managed] of Object.entries(platform.managed ?? {})) {
            pages.set(
                `${platform.name}/${name}.md`,
                managedPage(platform, name, managed, [...new Set(told)]),
            );
        }
    }
    const ofEtcd = etcdPage(stacks);
    if (ofEtcd !== undefined) pages.set(`${ETCD_FIELD}.md`, ofEtcd);
    const etcd = { id: ETCD_FIELD, isThere: ofEtcd !== undefined };
    pages.set("incident.md", incidentPage(subjects, stacks, etcd));
    pages.set("README.md", indexPage(catalogue, subjects, etcd));
    return new Map([...pages].sort(([a], [b]) => (a < b ? -1 : 1)));
}
