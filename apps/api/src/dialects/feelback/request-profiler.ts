import { Injectable } from '@nestjs/common';
import Bowser from 'bowser';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Profiling } from '#libs/feelbacks/profiling.js';
import { Config } from '#libs/platform/config/config.js';

/** Characters of a user agent that are looked at. */
const LONGEST_AGENT = 512;
/** Characters of what is found in it that are kept. */
const LONGEST_MEMBER = 100;
/** A language tag as browsers send it (RFC 5646), short of its rarer forms. */
const LANGUAGE = /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i;

type AgentProfile = Pick<
  Profiling,
  'os' | 'osVersion' | 'formFactor' | 'device' | 'deviceBrand' | 'browser' | 'browserVersion'
>;

/** Says what a request tells of its sender by itself. Nothing in a body counts, as anybody can write it. */
@Injectable()
export class RequestProfiler {
  private readonly agents = new LRUCache<string, AgentProfile>({ max: 1_000 });

  constructor(private readonly config: Config) {}

  /** @param userId whom the page says it is, if it does */
  profile(request: Request, userId?: string): Profiling {
    const language = languageOf(request);
    return {
      ...(userId !== undefined && { userId }),
      ...this.agent(request.headers['user-agent'] ?? ''),
      ...(language !== undefined && { language }),
      ...(this.config.keepAddresses && request.ip !== undefined && { address: request.ip }),
    };
  }

  private agent(header: string): AgentProfile {
    const text = header.slice(0, LONGEST_AGENT);
    let profile = this.agents.get(text);
    if (!profile) {
      profile = parseAgent(text);
      this.agents.set(text, profile);
    }
    return profile;
  }
}

function parseAgent(text: string): AgentProfile {
  if (text === '') return {};
  const { os, platform, browser } = Bowser.parse(text);
  const members: Record<keyof AgentProfile, string | undefined> = {
    os: os.name,
    osVersion: os.version,
    formFactor: platform.type,
    device: platform.model,
    deviceBrand: platform.vendor,
    browser: browser.name,
    browserVersion: browser.version,
  };
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) =>
      value ? [[name, value.slice(0, LONGEST_MEMBER)]] : [],
    ),
  );
}

/** The language that the sender likes best; undefined when any will do, or when it is no language. */
function languageOf(request: Request): string | undefined {
  const [first = ''] = new Negotiator(request).languages();
  return LANGUAGE.test(first) ? first : undefined;
}
