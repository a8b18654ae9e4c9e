import { runProgram } from "../../../stacks/program";
import { catalogue as native } from "../native-program/catalogue";

/** The account alone: a user name and a password, as Vault's database engine makes them. */
const catalogue = native.map((platform) => {
    const { fields, ...account } = platform.documents["account"]!;
    const { username, password } = fields;
    const reads = ["DB_USER", "DB_PASSWORD"];
    const { api, report } = platform.consumers;
    return {
        ...platform,
        documents: { account: { ...account, fields: { username: username!, password: password! } } },
        consumers: { api: { ...api!, reads }, report: report! },
    };
});

const { environment, workloads } = runProgram(catalogue);
export { environment, workloads };
