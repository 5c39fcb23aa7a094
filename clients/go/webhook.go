package sluice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// WebhookTolerance is the age from which posts are refused.
const WebhookTolerance = 5 * time.Minute

// VerifyWebhook reports whether Sluice has signed the body with the secret, not long ago. timestamp
// and signature are the headers X-Sluice-Timestamp and X-Sluice-Signature, and body has the bytes as
// they were received.
func VerifyWebhook(secret, timestamp, signature string, body []byte, now time.Time) bool {
	seconds, err := strconv.ParseUint(timestamp, 10, 40)
	if err != nil || now.Sub(time.Unix(int64(seconds), 0)).Abs() > WebhookTolerance {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	expected := []byte("v1=" + hex.EncodeToString(mac.Sum(nil)))
	signed := false
	for _, each := range strings.Split(signature, ",") {
		signed = hmac.Equal(expected, []byte(strings.TrimSpace(each))) || signed
	}
	return signed
}
