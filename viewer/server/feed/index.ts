/** @file Episodes that are played elsewhere: taken over HTTP, and shown as matches beside the server's own. */
export { FeedDesk, type Venue } from "./desk.ts";
export { answerFeed } from "./answer.ts";
