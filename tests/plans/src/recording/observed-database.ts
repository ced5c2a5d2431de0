/**
 * A database whose units of work tell from which place in the sources each statement is sent. They are wrapped from outside, and by what
 * is public of them.
 */
import type { Database, UnitOfWork } from '@sorting-office/db';
import type { QueryBuilder } from 'objection';
import { callerOf, sentFrom } from './site';

type AnyFunction = (...args: unknown[]) => unknown;

/** The same database, observed. */
export function observed(database: Database): Database {
  return new Proxy(database, {
    get(target, name): unknown {
      const own = Reflect.get(target, name, target) as unknown;
      if (typeof own !== 'function') return own;
      switch (name) {
        case 'transaction':
        case 'read':
          return (work: (db: UnitOfWork) => unknown, ...rest: unknown[]) =>
            (own as AnyFunction).call(target, (db: UnitOfWork) => work(observedUnit(db)), ...rest);
        case 'patient':
          return (...args: Parameters<Database['patient']>) => observed(target.patient(...args));
        case 'escorted':
          return (escort: Parameters<Database['escorted']>[0]) =>
            observed(target.escorted((run, about) => escort((along) => run((db) => along(observedUnit(db))), about)));
        default:
          return (own as AnyFunction).bind(target);
      }
    },
  });
}

function observedUnit(db: UnitOfWork): UnitOfWork {
  return new Proxy(db, {
    apply: function model(target, _this, args): unknown {
      const site = callerOf(model);
      const builder = Reflect.apply(target, undefined, args) as QueryBuilder<never>;
      const execute = builder.execute.bind(builder);
      // A builder is sent when somebody waits for it, which may be elsewhere.
      return Object.assign(builder, { execute: () => sentFrom(site, execute) });
    },
    get(target, name): unknown {
      const own = Reflect.get(target, name, target) as unknown;
      if (typeof own !== 'function') return own;
      return function send(...args: unknown[]): unknown {
        return sentFrom(callerOf(send), () => (own as AnyFunction).apply(target, args));
      };
    },
  });
}
