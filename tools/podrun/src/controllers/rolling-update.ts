import type { Amount } from '../spec/amount';

export interface Rollout {
  readonly replicas: number;
  /** Rounded up. */
  readonly maxSurge: Amount;
  /** Rounded down; one when both come to nothing, as in Kubernetes. */
  readonly maxUnavailable: Amount;
}

/** A pod as the controller sees it; pods that are being stopped are no longer counted. */
export interface Member {
  readonly name: string;
  readonly current: boolean;
  /** For as long as minReadySeconds wants. */
  readonly ready: boolean;
}

/** What a Deployment does next: how many new pods it makes and which pods it stops. */
export interface Step {
  readonly create: number;
  readonly stop: readonly string[];
}

/**
 * The next step towards `replicas` pods of the current template: never more than replicas + maxSurge pods, never fewer ready ones
 * than replicas - maxUnavailable. Old pods that are not ready go first: they serve nobody.
 */
export function nextStep({ replicas, maxSurge, maxUnavailable }: Rollout, members: readonly Member[]): Step {
  const surge = amountOf(maxSurge, replicas, Math.ceil);
  const unavailable = amountOf(maxUnavailable, replicas, Math.floor) || (surge === 0 ? 1 : 0);
  const current = members.filter((member) => member.current);
  const old = members.filter((member) => !member.current);
  const create = Math.max(0, Math.min(replicas - current.length, replicas + surge - members.length));
  const surplus = unreadyFirst(current).slice(0, Math.max(0, current.length - replicas));
  const spare = readyIn(members) - readyIn(surplus) - (replicas - unavailable);
  const ready = old.filter((member) => member.ready).slice(0, Math.max(0, spare));
  const stop = [...surplus, ...old.filter((member) => !member.ready), ...ready];
  return { create, stop: stop.map(({ name }) => name) };
}

/** @param round how a share becomes a number of pods */
export function amountOf(amount: Amount, replicas: number, round: (value: number) => number): number {
  return typeof amount === 'number' ? amount : round((Number.parseInt(amount, 10) * replicas) / 100);
}

const readyIn = (members: readonly Member[]): number => members.filter(({ ready }) => ready).length;

const unreadyFirst = (members: readonly Member[]): Member[] =>
  [...members].sort((a, b) => Number(a.ready) - Number(b.ready));
