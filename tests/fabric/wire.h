/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The numbers of the wire: Ethernet types, FIP and FCoE (FC-BB-5), frame headers (FC-FS),
 * link services (FC-LS) and the name server (FC-GS), as far as a switch of ours needs them.
 */
#pragma once

/* Ethernet */
#define MAC_LEN	       6
#define ETH_HEADER_LEN 14
#define ETH_FRAME_MIN  60
#define ETHERTYPE_FCOE 0x8906
#define ETHERTYPE_FIP  0x8914

/* FCoE: version and reserved bytes, then SOF; after the frame CRC, EOF, reserved bytes */
#define FCOE_HEADER_LEN	 14
#define FCOE_TRAILER_LEN 8
#define FCOE_SOF_OFFSET	 13
#define SOF_I3		 0x2e
#define SOF_N3		 0x36
#define EOF_N		 0x41
#define EOF_T		 0x42
/* The default prefix of fabric-provided MAC addresses: FC-MAP, then the FC_ID. */
#define FC_MAP 0x0efc00

/* FC frames */
#define FC_HEADER_LEN  24
#define FC_PAYLOAD_MAX 2112
#define FC_FRAME_MAX   (FC_HEADER_LEN + FC_PAYLOAD_MAX)
#define FCOE_SIZE_MAX  (FCOE_HEADER_LEN + FC_FRAME_MAX + FCOE_TRAILER_LEN)
#define ETH_FRAME_MAX  (ETH_HEADER_LEN + FCOE_SIZE_MAX)
#define FC_XID_UNKNOWN 0xffff

#define R_CTL_CT_REQUEST  0x02
#define R_CTL_CT_REPLY	  0x03
#define R_CTL_ELS_REQUEST 0x22
#define R_CTL_ELS_REPLY	  0x23
#define R_CTL_ABTS	  0x81
#define R_CTL_BA_ACC	  0x84

#define FC_TYPE_BLS 0x00
#define FC_TYPE_ELS 0x01
#define FC_TYPE_FCP 0x08
#define FC_TYPE_CT  0x20

#define F_CTL_RESPONDER	     (1u << 23)
#define F_CTL_FIRST_SEQUENCE (1u << 21)
#define F_CTL_LAST_SEQUENCE  (1u << 20)
#define F_CTL_END_SEQUENCE   (1u << 19)
#define F_CTL_INITIATIVE     (1u << 16)

#define FC_ID_FABRIC	      0xfffffe
#define FC_ID_CONTROLLER      0xfffffd
#define FC_ID_NAME_SERVER     0xfffffc
#define FC_ID_WELL_KNOWN_BASE 0xfffff0

/* Extended link services */
#define ELS_LS_RJT 0x01
#define ELS_LS_ACC 0x02
#define ELS_PLOGI  0x03
#define ELS_FLOGI  0x04
#define ELS_LOGO   0x05
#define ELS_FDISC  0x51
#define ELS_RSCN   0x61
#define ELS_SCR	   0x62

#define ELS_LOGIN_LEN		116
#define ELS_REASON_LOGICAL	0x03
#define ELS_REASON_PROTOCOL	0x07
#define ELS_REASON_UNABLE	0x09
#define ELS_REASON_UNSUPPORTED	0x0b
#define ELS_EXPLAIN_NONE	0x00
#define ELS_EXPLAIN_PORT_NAME	0x0d
#define ELS_EXPLAIN_RESOURCES	0x29
#define ELS_EXPLAIN_UNSUPPORTED 0x2c
#define ELS_EXPLAIN_LENGTH	0x2d
#define SCR_CLEAR		255

/* Common features in a fabric's LS_ACC. Without NPIV_ACC libfc answers No Fabric Support. */
#define FEATURE_NPIV_ACC 0x2000
#define FEATURE_F_PORT	 0x1000
#define CLASS_VALID	 0x8000
#define CLASS_SEQUENTIAL 0x0800

/* FIP */
#define FIP_HEADER_LEN	    10
#define FIP_VERSION	    1
#define FIP_OP_DISCOVERY    1
#define FIP_OP_LINK_SERVICE 2
#define FIP_OP_CONTROL	    3
#define FIP_SOLICITATION    1
#define FIP_ADVERTISEMENT   2
#define FIP_REQUEST	    1
#define FIP_REPLY	    2
#define FIP_KEEP_ALIVE	    1
#define FIP_CLEAR_LINK	    2

#define FIP_FLAG_FPMA	   0x8000
#define FIP_FLAG_AVAILABLE 0x0004
#define FIP_FLAG_SOLICITED 0x0002
#define FIP_FLAG_F_PORT	   0x0001

#define FIP_DESC_PRIORITY   1
#define FIP_DESC_MAC	    2
#define FIP_DESC_NAME	    4
#define FIP_DESC_FABRIC	    5
#define FIP_DESC_SIZE	    6
#define FIP_DESC_FLOGI	    7
#define FIP_DESC_FDISC	    8
#define FIP_DESC_LOGO	    9
#define FIP_DESC_VN_PORT    11
#define FIP_DESC_KEEP_ALIVE 12

/* Common transport and name server */
#define CT_HEADER_LEN	      16
#define CT_REVISION	      1
#define CT_DIRECTORY	      0xfc
#define CT_NAME_SERVER	      0x02
#define CT_REJECT	      0x8001
#define CT_ACCEPT	      0x8002
#define CT_REASON_COMMAND     0x01
#define CT_REASON_VERSION     0x02
#define CT_REASON_LOGICAL     0x03
#define CT_REASON_SIZE	      0x04
#define CT_REASON_UNABLE      0x09
#define CT_REASON_UNSUPPORTED 0x0b
#define CT_EXPLAIN_NONE	      0x00
#define CT_EXPLAIN_PORT_ID    0x01
#define CT_EXPLAIN_PORT_NAME  0x02
#define CT_EXPLAIN_NODE_NAME  0x03
#define CT_EXPLAIN_FC4_TYPES  0x07

#define NS_GPN_ID	0x0112
#define NS_GNN_ID	0x0113
#define NS_GSPN_ID	0x0118
#define NS_GFF_ID	0x011f
#define NS_GID_PN	0x0121
#define NS_GID_NN	0x0131
#define NS_GID_FT	0x0171
#define NS_GPN_FT	0x0172
#define NS_GNN_FT	0x0173
#define NS_GID_PT	0x01a1
#define NS_RPN_ID	0x0212
#define NS_RNN_ID	0x0213
#define NS_RFT_ID	0x0217
#define NS_RSPN_ID	0x0218
#define NS_RFF_ID	0x021f
#define NS_RSNN_NN	0x0239
#define NS_LAST_ENTRY	0x80
#define NS_PORT_TYPE_N	0x01
#define NS_PORT_TYPE_NX 0x7f
