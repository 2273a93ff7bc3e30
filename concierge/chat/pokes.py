"""The channel layer, whose pokes can go to Redis beside something else, in one message."""

from collections.abc import Mapping

from channels_redis.pubsub import RedisPubSubChannelLayer


class Pokes(RedisPubSubChannelLayer):  # type: ignore[misc]
    def poke(self, group: str, message: Mapping[str, str]) -> tuple[str, bytes]:
        """The channel and the bytes that `group_send` would publish, for whoever has a pipeline."""
        layer = self._get_layer()
        return layer._get_group_channel_name(group), self.serialize(dict(message))
