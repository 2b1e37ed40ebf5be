package servo
