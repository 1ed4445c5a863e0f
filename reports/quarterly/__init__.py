"""분기 점검결과 (R1): frozen rows of two quarters -> every number of the result, and its three forms."""
