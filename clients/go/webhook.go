package sluice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// WebhookTolerance is the age from which posts are refused.
const WebhookTolerance = 5 * time.Minute

// VerifyWebhook reports whether Sluice has signed the body with the secret, not long ago. id,
// timestamp and signature are the headers webhook-id, webhook-timestamp and webhook-signature, and
// body has the bytes as they were received.
func VerifyWebhook(secret, id, timestamp, signature string, body []byte, now time.Time) bool {
	seconds, err := strconv.ParseUint(timestamp, 10, 40)
	if err != nil || now.Sub(time.Unix(int64(seconds), 0)).Abs() > WebhookTolerance {
		return false
	}
	key := []byte(secret)
	if strings.HasPrefix(secret, "whsec_") {
		if key, err = base64.StdEncoding.DecodeString(secret[len("whsec_"):]); err != nil {
			return false
		}
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	signed := false
	for _, each := range strings.Fields(signature) {
		signed = hmac.Equal(expected, []byte(each)) || signed
	}
	return signed
}
