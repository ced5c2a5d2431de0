import { Redis } from 'ioredis';

/** Removes everything from a Redis, so that the next who uses it finds it new. */
export async function emptyRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushall();
  await redis.quit();
}
