/**
 * Finds every place in the sources of production that sends SQL, by what is written there:
 *
 * ```
 *   db.rows(…)  db.execute(…)  db.insertAll(…)          a unit of work is told a statement
 *   db(Mail)  db(model)  model.query(…)                 a model is queried
 *   knex.raw(…)  knex(…)  connection.query(…)           nobody is between it and the database
 * ```
 *
 * Only names are looked at, no types: what is called so and sends nothing is an exception, see `unrecorded.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as db from '@sorting-office/db';
import ts from 'typescript';
import { type Site, workspaceRoot } from '../recording/site';

/** Methods that send a statement, whatever they are called on. */
const methods = new Set(['rows', 'execute', 'insertAll', 'raw', 'query']);
/** What is itself called to make a query. */
const handles = /^(?:db|trx|knex)$/;
const models = new Set(
  Object.entries(db)
    .filter(([, value]) => typeof value === 'function' && 'tableName' in value)
    .map(([name]) => name),
);

/** The sources that are built into programs. */
export function productionSources(): string[] {
  return ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(workspaceRoot, folder)).flatMap((project) => sourcesOf(`${folder}/${project}/src`)),
  );
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(workspaceRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(?:^|\/)testing(?:\/|\.ts$)/.test(file))
    .map((file) => `${folder}/${file}`)
    .sort();
}

/** What a file has that sends anything: most need not be parsed. */
const mayHaveSites = new RegExp(
  `\\.(?:${[...methods].join('|')})\\b|\\b(?:db|trx|knex)\\(|\\b(?:${[...models].join('|')})\\b`,
);

/** The places in one file. */
export function sitesIn(file: string, text = readFileSync(join(workspaceRoot, file), 'utf8')): Site[] {
  if (!mayHaveSites.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const sites: Site[] = [];
  const visit = (node: ts.Node): void => {
    const name = ts.isCallExpression(node) ? sendingName(node) : null;
    if (name) sites.push(`${file}:${source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sites;
}

/** The name by which a call sends something; null when it does not. */
function sendingName({ expression, arguments: args }: ts.CallExpression): ts.Node | null {
  if (ts.isPropertyAccessExpression(expression)) return methods.has(expression.name.text) ? expression.name : null;
  if (!ts.isIdentifier(expression)) return null;
  const [first, second] = args;
  const ofModel = first !== undefined && !second && ts.isIdentifier(first) && models.has(first.text);
  return ofModel || handles.test(expression.text) ? expression : null;
}
