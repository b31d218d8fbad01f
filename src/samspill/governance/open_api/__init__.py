"""The open data of governance for machines: resources, their descriptions, paging and problems."""
