/**
 * Every metric that `/metrics` has of us, as Prometheus sees it: what alerts and dashboards are written against.
 *
 * Counters end in `_total` and times are in seconds. Label values are few: names of tasks, queues and outcomes.
 */
export const metricNames = {
  /** Tasks whose insertion has committed. Labels: task, queue. */
  tasksEnqueued: 'office_tasks_enqueued_total',
  /** Attempts that have ended. Labels: task, queue, outcome. */
  attempts: 'office_attempts_total',
  /** From a message's turn to its committed end; a histogram (`_bucket`, `_sum`, `_count`). Labels: task, queue, outcome. */
  processDuration: 'messaging_process_duration_seconds',
  /** Old tasks that were deleted. */
  tasksPruned: 'office_tasks_pruned_total',
  /** How long the longest waiting task of a queue has been due; 0 when none waits. Label: queue. */
  queueAge: 'office_queue_age_seconds',
  /** How long the oldest row has been due that nobody has published; 0 when there is none. */
  outboxLag: 'office_outbox_lag_seconds',
  /** How old the measurement of queue age and outbox lag is. */
  backlogMeasured: 'office_backlog_measured_seconds',
  /** 1 while the schema gate is open, else 0. */
  gateOpen: 'office_schema_gate_open',
  /** Connections to the database. Label: state (used, free, pending: asked for and waited for). */
  poolConnections: 'office_database_pool_connections',
  /** How late the event loop was since the latest scrape. Label: stat (p50, p99, max). */
  eventLoopDelay: 'nodejs_eventloop_delay_seconds',
} as const;

export type MetricName = (typeof metricNames)[keyof typeof metricNames];
